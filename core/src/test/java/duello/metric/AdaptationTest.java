package duello.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import duello.catalog.Failure;
import duello.catalog.ProgressListener;
import duello.data.Dataset;
import duello.data.MemoryDataset;
import duello.data.Pixels;
import duello.metric.IntraCluster.Choice;
import duello.torch.Devices;
import duello.torch.Ops;
import duello.torch.Scope;
import duello.torch.SeededDraws;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One reading says how like the target images are, how varied, and how like the few that were shown. */
class AdaptationTest {
    private static final int SIDE = 16;
    private final Dataset source = stripes("lines/train", 120, false, 1);
    private final Dataset target = stripes("bars/train", 90, true, 2);
    private final Dataset shots = stripes("bars/shots", 3, true, 2);

    @TempDir
    static Path folder;

    private final Path cache = folder.resolve("classifiers");

    private Realism realism;

    /** Noise with a bright stripe at a random place, lying or standing. */
    private static Dataset stripes(String name, int count, boolean standing, long seed) {
        Random random = new Random(seed);
        Pixels pixels = new Pixels(count, SIDE);
        for (int i = 0; i < count; i++) {
            byte[] image = new byte[3 * SIDE * SIDE];
            int from = random.nextInt(SIDE - 4);
            for (int p = 0; p < image.length; p++) {
                int along = standing ? p % SIDE : p / SIDE % SIDE;
                image[p] = (byte) (random.nextInt(60) + (along >= from && along < from + 4 ? 180 : 20));
            }
            pixels.write(i, image, 0);
        }
        return new MemoryDataset(name, List.of("all"), new int[count], pixels);
    }

    @BeforeEach
    void learnTheTwoDomains() {
        ClassifierTraining training = new ClassifierTraining(
                new ClassifierTraining.Settings(1600, 32, true, 0), Devices.CPU, ProgressListener.NONE);
        Domains domains = Domains.of(source, target, 0);
        realism = Realism.of(Classifiers.forDataset(domains.train(), domains.heldOut(), cache, training, Devices.CPU));
    }

    /** The mean square of pixels' differences. */
    private static final class Pixelwise implements PerceptualDistance {
        @Override
        public Tensor vectors(Tensor images) {
            return Ops.mul(images.flatten(1, -1), 1 / Math.sqrt(3 * SIDE * SIDE));
        }

        @Override
        public String name() {
            return "perceptual[pixels]";
        }

        @Override
        public String digest() {
            return "0";
        }

        @Override
        public Device device() {
            return Devices.CPU;
        }
    }

    private Adaptation measure(Adaptation.@Nullable Target fid) {
        return new Adaptation(shots, new Pixelwise(), realism, new Choice(6, 0), fid, ProgressListener.NONE);
    }

    @Test
    void bothDomainsCountAlikeAndATenthIsHeldOut() {
        Domains domains = Domains.of(source, target, 0);
        assertThat(domains.train().size()).isEqualTo(2 * 81);
        assertThat(domains.heldOut().size()).isEqualTo(2 * 9);
        assertThat(domains.train().name()).isEqualTo("lines-against-bars/train");
        for (Dataset part : List.of(domains.train(), domains.heldOut())) {
            int[] labels = new int[2];
            for (int i = 0; i < part.size(); i++) {
                labels[part.label(i)]++;
            }
            assertThat(labels[Domains.SOURCE]).isEqualTo(labels[Domains.TARGET]);
        }
        assertThat(bytes(domains.train())).doesNotContainAnyElementsOf(bytes(domains.heldOut()));
        assertThat(Domains.of(source, target, 1).train().fingerprint())
                .isNotEqualTo(domains.train().fingerprint());
        assertThatThrownBy(() ->
                        Domains.of(source, new MemoryDataset("big", List.of("x"), new int[2], new Pixels(2, 32)), 0))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("images of 16 pixels, but big of 32");
    }

    private static List<String> bytes(Dataset dataset) {
        byte[] image = new byte[3 * SIDE * SIDE];
        return IntStream.range(0, dataset.size())
                .mapToObj(i -> {
                    dataset.read(i, image, 0);
                    return Arrays.toString(image);
                })
                .toList();
    }

    @Test
    void theProbabilityRisesFromSourceToTarget() {
        assertThat(realism.accuracy()).isGreaterThan(Realism.LEAST_ACCURACY);
        assertThat(realism.name()).isEqualTo("lines-against-bars-classifier");
        Dataset other = stripes("x", 40, false, 7);
        Dataset like = stripes("y", 40, true, 8);
        assertThat(realism.of(Fakes.of(other, other))).isLessThan(0.1);
        assertThat(realism.of(Fakes.of(like, like))).isGreaterThan(0.9);
    }

    @Test
    void theClassifierIsMadeOnceAndIsAFunctionOfTheImages() {
        String digest = realism.digest();
        assertThat(cache.toFile().list()).hasSize(1);
        Realism cached = Realism.between(source, target, cache, ProgressListener.NONE, Devices.CPU);
        assertThat(cached.digest()).isEqualTo(digest);
        assertThat(cached.accuracy()).isEqualTo(realism.accuracy());
        Objects.requireNonNull(cache.toFile().listFiles())[0].delete();
        learnTheTwoDomains();
        assertThat(realism.digest()).isEqualTo(digest);
    }

    @Test
    void copiesOfTheShotsHaveQualityButNoDiversity() {
        Fakes copies = new Fakes(
                9,
                "files",
                () -> new Fakes.Batch(DatasetImages.batch(shots, new int[] {0, 1, 2, 0, 1, 2}, Devices.CPU), null));
        Adaptation.Reading reading = measure(null).read(copies);
        assertThat(reading.quality()).isGreaterThan(0.9);
        assertThat(reading.diversity().mean()).isCloseTo(0, within(1e-9));
        assertThat(reading.diversity().clusters())
                .allSatisfy(c -> assertThat(c.members()).isEqualTo(3));
        assertThat(reading.memorisation().mean()).isCloseTo(0, within(1e-9));
        assertThat(reading.diversityName()).isEqualTo("perceptual[pixels]");
        assertThat(reading.fid()).isNull();
    }

    /** A plain second implementation, on images that take several batches of the source to draw. */
    @Test
    void diversityAndMemorisationAreThoseOfThePixelsThemselves() {
        Dataset made = stripes("made", 40, true, 9);
        Adaptation.Reading reading = new Adaptation(
                        shots, new Pixelwise(), realism, Choice.STANDARD, null, ProgressListener.NONE)
                .read(Fakes.of(made, made));
        double[][] all = pixels(made);
        double[][] few = pixels(shots);
        int[] nearest = new int[all.length];
        double sum = 0;
        for (int i = 0; i < all.length; i++) {
            for (int j = 1; j < few.length; j++) {
                nearest[i] = square(all[i], few[j]) < square(all[i], few[nearest[i]]) ? j : nearest[i];
            }
            sum += square(all[i], few[nearest[i]]);
        }
        assertThat(reading.memorisation().shot())
                .containsExactlyElementsOf(IntStream.of(nearest).boxed().toList());
        assertThat(reading.memorisation().mean()).isCloseTo(sum / all.length, within(1e-6));
        double means = 0;
        int clusters = 0;
        for (int c = 0; c < few.length; c++) {
            double total = 0;
            int pairs = 0;
            for (int i = 0; i < all.length; i++) {
                for (int j = i + 1; j < all.length; j++) {
                    if (nearest[i] == c && nearest[j] == c) {
                        total += square(all[i], all[j]);
                        pairs++;
                    }
                }
            }
            means += pairs == 0 ? 0 : total / pairs;
            clusters += pairs == 0 ? 0 : 1;
        }
        assertThat(reading.diversity().mean()).isCloseTo(means / clusters, within(1e-6));
    }

    private static double[][] pixels(Dataset dataset) {
        try (Scope scope = Scope.open()) {
            double[][] rows = new double[dataset.size()][];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = Ops.toDoubles(DatasetImages.batch(dataset, new int[] {i}, Devices.CPU));
            }
            return rows;
        }
    }

    private static double square(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum / a.length;
    }

    @Test
    void theFrechetDistanceIsOfTheSameImages() {
        SmallClassifier.About about = new SmallClassifier.About("bars-classifier", SIDE, List.of("a", "b"));
        FeatureNetwork network = new SmallClassifier(about, about.fresh(1, Devices.CPU), 0, Devices.CPU);
        Evaluator evaluator = new Evaluator(
                network,
                EvaluationSettings.STANDARD.with(EnumSet.of(ScoreKind.FID)),
                folder.resolve("features"),
                ProgressListener.NONE);
        Dataset made = stripes("made", 40, true, 9);
        Score expected = evaluator.evaluate(made, target).get(0);
        Score fid = measure(new Adaptation.Target(evaluator, target))
                .read(Fakes.of(made, made))
                .fid();
        assertThat(fid).isEqualTo(expected);
    }

    @Test
    void scoresNameAllThatTheyDependOn() {
        List<Score> scores = measure(null).scores(Fakes.of(source, source));
        assertThat(scores).extracting(Score::name).containsExactly("quality", "diversity", "nearest");
        assertThat(scores).allSatisfy(score -> {
            assertThat(score.protocol().reference()).isEqualTo("bars/shots#" + shots.fingerprint());
            assertThat(score.protocol().fake()).isEqualTo(120);
        });
        assertThat(scores.get(0).protocol().features().digest()).isEqualTo(realism.digest());
        assertThat(scores.get(0).protocol().features().name()).isEqualTo("lines-against-bars-classifier");
        assertThat(scores.get(1).protocol().features().name()).isEqualTo("perceptual[pixels]");
        assertThat(scores.get(1).protocol().settings())
                .containsEntry("members", "6 at most")
                .containsEntry("seed", "0");
    }

    @Test
    void readingsAreRepeatedAndNothingIsLeftBehind() {
        Dataset made = stripes("made", 20, true, 9);
        Adaptation adaptation = measure(null);
        Adaptation.Reading first = adaptation.read(Fakes.of(made, made));
        assertThat(adaptation.read(Fakes.of(made, made))).isEqualTo(first);
        long before = Scope.livePointers();
        for (int i = 0; i < 3; i++) {
            adaptation.read(Fakes.of(made, made));
        }
        assertThat(Scope.livePointers()).isLessThanOrEqualTo(before);
    }

    @Test
    void tooFewImagesOthersSizesAndBrokenOnesAreRefused() {
        Fakes three = new Fakes(3, "files", () -> noise(3, SIDE));
        assertThatThrownBy(() -> measure(null).read(three))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("generate more images");
        Fakes large = new Fakes(8, "files", () -> noise(8, 32));
        assertThatThrownBy(() -> measure(null).read(large))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("32 x 32 pixels");
        Fakes broken = new Fakes(8, "files", () -> {
            Tensor x = noise(8, SIDE).images();
            return new Fakes.Batch(x.div_(torch.zeros_like(x)), null);
        });
        assertThatThrownBy(() -> measure(null).read(broken))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("images 0 to 7 are not finite");
    }

    private static Fakes.Batch noise(int count, int side) {
        return new Fakes.Batch(new SeededDraws(1, Devices.CPU).normal(count, 3, side, side), null);
    }
}
