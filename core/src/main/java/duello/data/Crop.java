package duello.data;

import duello.io.PillowResampler;
import duello.io.PillowResampler.Filter;
import duello.io.Rgb;

/** How a picture of any size becomes a square one. */
public enum Crop {
    /** Its middle square is cut out, as wide as its shorter side, and resized; what is at the ends is lost. */
    CENTER,
    /** All of it is resized, width and height each by a factor of their own, so that shapes are squeezed. */
    STRETCH;

    Rgb square(Rgb picture, int side, Filter resizer) {
        return switch (this) {
            case CENTER -> PillowResampler.squareTo(picture, side, resizer);
            case STRETCH -> PillowResampler.resize(picture, side, side, resizer);
        };
    }
}
