package duello.bench;

import duello.data.Dataset;
import duello.data.MemoryDataset;
import duello.data.Pixels;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Images need not be real to be timed. */
final class RandomImages {
    private static final int CLASSES = 10;
    private static final int IMAGES = 2048;

    private RandomImages() {}

    /** 2048 images of ten classes, or as many as a batch has. */
    static Dataset of(int resolution, int batch) {
        Random random = new Random(1);
        Pixels pixels = new Pixels(Math.max(IMAGES, batch), resolution);
        int[] labels = new int[pixels.images()];
        byte[] image = new byte[3 * resolution * resolution];
        for (int i = 0; i < labels.length; i++) {
            random.nextBytes(image);
            pixels.write(i, image, 0);
            labels[i] = i % CLASSES;
        }
        List<String> classes =
                IntStream.range(0, CLASSES).mapToObj(String::valueOf).toList();
        return new MemoryDataset("random", classes, labels, pixels);
    }
}
