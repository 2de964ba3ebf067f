package duello.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duello.catalog.Failure;
import duello.catalog.ProgressListener;
import duello.data.Dataset;
import duello.data.MemoryDataset;
import duello.data.Pixels;
import duello.torch.Devices;
import duello.torch.Draws;
import duello.torch.Ops;
import duello.torch.Scope;
import duello.torch.SeededDraws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built-in classifier learns, is made once, and survives a damaged cache. */
class ClassifiersTest {
    private static final ClassifierTraining.Settings SHORT = new ClassifierTraining.Settings(1600, 32, true, 0);
    private final Dataset train = blobs("blobs/train", 300, 1);
    private final Dataset validation = blobs("blobs/validation", 100, 2);

    @TempDir
    Path cache;

    /** Noise with a bright square in one of three heights: learnable, and symmetric under flips. */
    static Dataset blobs(String name, int count, long seed) {
        Random random = new Random(seed);
        Pixels pixels = new Pixels(count, 32);
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % 3;
            byte[] image = new byte[3 * 32 * 32];
            for (int p = 0; p < image.length; p++) {
                image[p] = (byte) random.nextInt(120);
            }
            int top = 2 + 10 * labels[i];
            int left = random.nextInt(24);
            for (int c = 0; c < 3; c++) {
                for (int y = top; y < top + 8; y++) {
                    for (int x = left; x < left + 8; x++) {
                        image[(c * 32 + y) * 32 + x] = (byte) (150 + random.nextInt(100));
                    }
                }
            }
            pixels.write(i, image, 0);
        }
        return new MemoryDataset(name, List.of("high", "middle", "low"), labels, pixels);
    }

    private SmallClassifier make(List<Long> heard) {
        ClassifierTraining training =
                new ClassifierTraining(SHORT, Devices.CPU, (stage, done, total) -> heard.add(done));
        return Classifiers.forDataset(train, validation, cache, training, Devices.CPU);
    }

    @Test
    void itLearnsItsDatasetAndIsReadFromTheCacheAfterwards() throws IOException {
        List<Long> heard = new ArrayList<>();
        SmallClassifier made = make(heard);
        assertThat(made.accuracy()).isGreaterThan(0.9);
        assertThat(made.name()).isEqualTo("blobs-classifier");
        assertThat(heard).isNotEmpty().isSorted().endsWith(1600L);

        heard.clear();
        SmallClassifier again = make(heard);
        assertThat(heard).as("nothing is trained").isEmpty();
        assertThat(again.digest()).isEqualTo(made.digest());
        assertThat(again.accuracy()).isEqualTo(made.accuracy());

        Path file = onlyFile();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 5] ^= 1;
        Files.write(file, bytes);
        SmallClassifier repaired = make(heard);
        assertThat(heard).as("one flipped bit: trained again").isNotEmpty();
        assertThat(repaired.digest())
                .as("training is a function of data and seed")
                .isEqualTo(made.digest());
    }

    private Path onlyFile() throws IOException {
        try (var files = Files.list(cache)) {
            return files.findFirst().orElseThrow();
        }
    }

    @Test
    void featuresAreThoseOfTheQuantisedImage() {
        SmallClassifier net = new SmallClassifier(
                new SmallClassifier.About("fresh", 32, List.of("a", "b")), fresh(32), 0, Devices.CPU);
        try (Scope scope = Scope.open()) {
            Tensor bytes = DatasetImages.batch(train, new int[] {0, 1, 2}, Devices.CPU);
            Tensor nudged = Ops.add(bytes, 0.3 / 127.5);
            FeatureNetwork.Output plain = Scope.noGrad(() -> net.extract(bytes));
            FeatureNetwork.Output same = Scope.noGrad(() -> net.extract(nudged));
            assertThat(Ops.toFloats(same.features())).containsExactly(Ops.toFloats(plain.features()));
            assertThat(Ops.shape(plain.features())).containsExactly(3, 128);
            assertThat(Ops.shape(Objects.requireNonNull(plain.logits()))).containsExactly(3, 2);
        }
    }

    private static ClassifierNet fresh(int resolution) {
        return new SmallClassifier.About("fresh", resolution, List.of("a", "b")).fresh(0, Devices.CPU);
    }

    @Test
    void everyUsualSizeOfImageFits() {
        Draws draws = new SeededDraws(3, Devices.CPU);
        for (int resolution : new int[] {28, 32, 48, 64, 96, 128}) {
            SmallClassifier net = new SmallClassifier(
                    new SmallClassifier.About("fresh", resolution, List.of("a", "b")),
                    fresh(resolution),
                    0,
                    Devices.CPU);
            try (Scope scope = Scope.open()) {
                Tensor x = draws.normal(2, 3, resolution, resolution);
                assertThat(Ops.shape(Scope.noGrad(() -> net.extract(x)).features()))
                        .containsExactly(2, 128);
            }
        }
    }

    @Test
    void imagesWithoutClassesAreSeenThroughShapes() {
        assertThat(Classifiers.substitute(32).resolution()).isEqualTo(32);
        assertThat(Classifiers.substitute(256).resolution()).isEqualTo(64);
        assertThat(Classifiers.substitute(256).classes()).isEqualTo(10);
    }

    @Test
    void splitsOfDifferentClassesAreRefused() {
        Pixels one = new Pixels(1, 32);
        Dataset other = new MemoryDataset("other", List.of("x", "y"), new int[] {0}, one);
        assertThatThrownBy(() -> Classifiers.forDataset(train, other, cache, ProgressListener.NONE))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("classes of blobs/train and other differ");
    }
}
