package duello.data;

import duello.io.Background;
import duello.io.ImageOptions;
import duello.io.Images;
import duello.io.PillowResampler;
import java.nio.file.Path;

/** From a file to the bytes of a dataset's image: decoded, its middle square cut, resized as Pillow does. */
record FolderDecoder(int resolution, PillowResampler.Filter resizer, Background background) {
    /** @throws duello.catalog.Failure if the file is no sound picture */
    byte[] decode(Path file) {
        return PillowResampler.squareTo(Images.decode(file, options()), resolution, resizer)
                .planar();
    }

    ImageOptions options() {
        return new ImageOptions(background, 2);
    }

    int imageBytes() {
        return 3 * resolution * resolution;
    }
}
