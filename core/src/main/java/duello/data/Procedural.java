package duello.data;

import duello.torch.Seeds;
import java.awt.Graphics2D;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What the drawn datasets share: their settings' limits, balanced labels, and seeds that the splits never share. */
final class Procedural {
    static final int MOST_IMAGES = 10_000_000;

    private Procedural() {}

    /** Draws one image of one class; every choice comes from {@code random}. */
    interface Artist {
        void draw(Graphics2D graphics, int label, Random random);

        /** Changes the finished planar image. */
        default void finish(byte[] image) {}
    }

    /** Refuses what cannot be drawn, in the words of a setting. */
    static void check(int resolution, int count, int validation) {
        if (resolution != 32 && resolution != 64 && resolution != 128) {
            throw new IllegalArgumentException("resolution must be 32, 64 or 128, not " + resolution);
        }
        checkCount("count", count);
        checkCount("validation", validation);
    }

    private static void checkCount(String setting, int count) {
        if (count < 1 || count > MOST_IMAGES) {
            throw new IllegalArgumentException(
                    setting + " must be between 1 and " + MOST_IMAGES + " images, not " + count);
        }
    }

    /** The seed from which image {@code index} is drawn: one stream for each split, so none is in both. */
    static long imageSeed(String dataset, long seed, Split split, int index) {
        return Seeds.derive(seed, dataset + ".image." + split.name(), index);
    }

    /** As many of each class as of any other, or one more where {@code count} does not divide evenly; shuffled. */
    static int[] labels(String dataset, long seed, Split split, int count, int classes) {
        int[] labels = Permutation.of(count, Seeds.derive(seed, dataset + ".label." + split.name()));
        for (int i = 0; i < count; i++) {
            labels[i] %= classes;
        }
        return labels;
    }

    /** Draws all images on all cores. */
    static Dataset draw(Plan plan, int resolution, Artist artist) {
        int[] labels = labels(plan.name, plan.seed, plan.split, plan.count, plan.classes.size());
        Pixels pixels = new Pixels(plan.count, resolution);
        Parallel.forEach(plan.count, () -> {
            Canvas canvas = new Canvas(resolution);
            byte[] image = new byte[3 * resolution * resolution];
            return i -> {
                Random random = new Random(imageSeed(plan.name, plan.seed, plan.split, i));
                canvas.render(g -> artist.draw(g, labels[i], random), image);
                artist.finish(image);
                pixels.write(i, image, 0);
            };
        });
        return new MemoryDataset(plan.title(), plan.classes, labels, pixels);
    }

    /** How many images of which classes from which seeds. */
    record Plan(String name, long seed, Split split, int count, List<String> classes) {
        String title() {
            return name + "/" + split.name().toLowerCase(Locale.ROOT);
        }
    }
}
