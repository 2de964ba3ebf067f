package duello.data;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Failure;
import duello.catalog.Paper;
import duello.catalog.ProgressListener;
import duello.catalog.Range;
import duello.io.Background;
import duello.io.Lmdb;
import duello.io.PillowResampler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One category of LSUN as it is published: a database {@code <category>_train_lmdb/data.mdb} of pictures whose shorter side has
 * 256 pixels, in the order of their keys, and {@code <category>_val_lmdb} beside it. Values are WebP or JPEG; their first bytes
 * say which. Databases of few-shot papers (keys {@code <size>-<number>} and {@code length}) are read too.
 *
 * <p>Opening reads all keys, some ten thousand pages for a large category, but no picture. DeshuffleGAN's published runs squeeze
 * pictures to a square ({@link Crop#STRETCH}), most others cut out the middle.
 */
@Doc(
        "one category of LSUN from its LMDB database, or a database of a few-shot paper; any size, made square and resized")
@Paper("Yu et al., LSUN: Construction of a Large-scale Image Dataset using Deep Learning with Humans in the Loop, 2015,"
        + " arXiv 1506.03365")
public record Lsun(
        @Doc("the folder that holds data.mdb, or the one that holds folders such as bedroom_train_lmdb")
        String path,

        @Doc("such as bedroom or church_outdoor; empty where the path leaves no choice") @Default("\"\"")
        String category,

        @Doc("height and width in pixels that the images are brought to") @Default("64") @Range(min = 4, max = 2048)
        int resolution,

        @Doc("how they become square: center cuts out the middle, stretch squeezes all of it") @Default("center")
        Crop crop,

        @Doc("how they are resized: lanczos, bicubic, bilinear, hamming, box or nearest, as Pillow") @Default("lanczos")
        PillowResampler.Filter resizer,

        @Doc("at most how many images are learnt from, the first in the order of keys; 0 for all")
        @Default("0")
        @Range(min = 0)
        int count,

        @Doc("fraction that is held back, where no folder such as bedroom_val_lmdb says it")
        @Default("0.1")
        @Range(min = 0, max = 0.9)
        double validation,

        @Doc("skip: leave broken pictures out, with a warning; refuse: stop at the first") @Default("skip")
        OnCorrupt onCorrupt,

        @Doc(
                "images are kept in memory when they need no more than this, in MiB, and half of the heap; else decoded each time")
        @Default("4096")
        @Range(min = 0)
        int memory)
        implements DataSource {

    /** Whether a folder holds such a database, or databases of categories; nothing is opened. */
    public static boolean isAt(Path folder) {
        return LsunPlace.isAt(folder);
    }

    /**
     * Decodes every picture of a database, and of the one held back beside it, to say what they hold and what is wrong.
     *
     * @param type the dataset's name in a recipe
     * @throws Failure if there is no database, several categories, or one is damaged
     */
    public static FolderReport inspect(String type, Path folder, ProgressListener listener) {
        LsunPlace place = LsunPlace.find(folder, "");
        List<LmdbPictures> splits = new ArrayList<>();
        splits.add(all(place.train(), place.name()));
        if (place.validation() != null) {
            splits.add(all(place.validation(), place.name()));
        }
        return FolderInspection.of(type, folder, splits, listener);
    }

    private static LmdbPictures all(Path file, String name) {
        Lmdb database = Lmdb.open(file);
        return new LmdbPictures(database, name, LmdbListing.of(database, Integer.MAX_VALUE, 0, Split.TRAIN));
    }

    @Override
    public List<String> knownClasses() {
        return category.isEmpty() ? List.of() : List.of(category);
    }

    @Override
    public Dataset open(Split split) {
        LsunPlace place = LsunPlace.find(Path.of(path), category);
        Lmdb database;
        long[] places;
        if (place.validation() == null) {
            database = Lmdb.open(place.train());
            places = LmdbListing.of(database, resolution, validation, split);
        } else {
            database = Lmdb.open(split == Split.TRAIN ? place.train() : place.validation());
            places = LmdbListing.of(database, resolution, 0, Split.TRAIN);
        }
        if (split == Split.TRAIN && count > 0 && count < places.length) {
            places = Arrays.copyOf(places, count);
        }
        PictureDecoder decoder = new PictureDecoder(resolution, crop, resizer, Background.WHITE);
        return new Opening(decoder, onCorrupt, memory)
                .open(place.name(), new LmdbPictures(database, place.name(), places));
    }
}
