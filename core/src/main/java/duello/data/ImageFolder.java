package duello.data;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Failure;
import duello.catalog.ProgressListener;
import duello.catalog.Range;
import duello.io.Background;
import duello.io.PillowResampler;
import java.nio.file.Path;

/**
 * Pictures of one's own: a subfolder for each class, or all in one folder. Each is made square and resized as Pillow
 * does, which published scores rest on. {@code train/} beside {@code valid/}, {@code val/} or {@code test/} is taken as it
 * is; otherwise a part of each class is held back.
 */
@Doc("your own pictures: a subfolder for each class, or all in one folder; any size, made square and resized")
public record ImageFolder(
        @Doc("the folder") String path,

        @Doc("height and width in pixels that the images are brought to") @Default("64") @Range(min = 4, max = 2048)
        int resolution,

        @Doc("how they become square: center cuts out the middle, stretch squeezes all of it") @Default("center")
        Crop crop,

        @Doc("how they are resized: lanczos, bicubic, bilinear, hamming, box or nearest, as Pillow") @Default("lanczos")
        PillowResampler.Filter resizer,

        @Doc("fraction of each class that is held back, where no folder valid, val or test says it")
        @Default("0.1")
        @Range(min = 0, max = 0.9)
        double validation,

        @Doc("skip: leave broken pictures out, with a warning; refuse: stop at the first") @Default("skip")
        OnCorrupt onCorrupt,

        @Doc("what shines through transparency: white, black, #rrggbb, or drop to ignore transparency")
        @Default("white")
        String background,

        @Doc(
                "images are kept in memory when they need no more than this, in MiB, and half of the heap; else decoded each time")
        @Default("4096")
        @Range(min = 0)
        int memory)
        implements DataSource {
    /** @throws Failure if the background is no colour */
    public ImageFolder {
        try {
            Background.parse(background);
        } catch (Failure e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Decodes every picture to say what the folder holds and what is wrong with it. */
    public static FolderReport inspect(Path folder, ProgressListener listener) {
        return FolderInspection.of(folder, listener);
    }

    @Override
    public boolean holdsBack() {
        return validation > 0 || FolderSplit.hasHeldBack(Path.of(path));
    }

    @Override
    public Dataset open(Split split) {
        FolderListing listing = FolderSplit.of(Path.of(path), split, validation);
        PictureDecoder decoder = new PictureDecoder(resolution, crop, resizer, Background.parse(background));
        Path last = Path.of(path).toAbsolutePath().normalize().getFileName();
        String name = last == null ? "images" : last.toString();
        return new Opening(decoder, onCorrupt, memory).open(name, new FolderPictures(listing));
    }
}
