package duello.data;

import duello.io.Background;
import duello.io.ImageOptions;
import duello.io.Images;
import duello.io.PillowResampler;

/** From a stored picture to the bytes of a dataset's image: decoded, made square, resized as Pillow does. */
record PictureDecoder(int resolution, Crop crop, PillowResampler.Filter resizer, Background background) {
    /** @throws duello.catalog.Failure if it is no sound picture */
    byte[] decode(StoredPicture stored) {
        return crop.square(Images.decode(stored.bytes(), stored.name(), options()), resolution, resizer)
                .planar();
    }

    ImageOptions options() {
        return new ImageOptions(background, 2);
    }

    int imageBytes() {
        return 3 * resolution * resolution;
    }
}
