package duello.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import duello.catalog.Failure;
import duello.catalog.ProgressListener;
import duello.data.Dataset;
import duello.data.MemoryDataset;
import duello.data.Pixels;
import duello.torch.Devices;
import duello.torch.Ops;
import duello.torch.Scope;
import duello.torch.SeededDraws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One pass over generated images gives every score with its protocol. */
class EvaluatorTest {
    private final Dataset real = ClassifiersTest.blobs("blobs/train", 200, 1);
    private final Dataset others = ClassifiersTest.blobs("blobs/validation", 150, 2);
    private final Coarse network = new Coarse();

    @TempDir
    Path cache;

    /** Means over 8 x 8 squares: 48 features; the three rows' brightness are the logits. */
    private static final class Coarse implements FeatureNetwork {
        final AtomicInteger seen = new AtomicInteger();

        @Override
        public Output extract(Tensor images) {
            seen.addAndGet((int) images.size(0));
            Tensor x = Ops.add(EightBit.levels(images).div_(Ops.scalar(127.5)), -1);
            Tensor rows = Ops.mean(torch.adaptive_avg_pool2d(x, 3, 1), false, 1).flatten(1, -1);
            return new Output(torch.adaptive_avg_pool2d(x, 4, 4).flatten(1, -1), Ops.mul(rows, 40));
        }

        @Override
        public String name() {
            return "coarse";
        }

        @Override
        public String digest() {
            return "0123";
        }

        @Override
        public String resizer() {
            return "area<=8";
        }

        @Override
        public int width() {
            return 48;
        }

        @Override
        public List<String> classes() {
            return List.of("high", "middle", "low");
        }

        @Override
        public Device device() {
            return Devices.CPU;
        }
    }

    private Evaluator evaluator(EvaluationSettings settings) {
        return new Evaluator(network, settings, cache, ProgressListener.NONE);
    }

    private static Map<String, Double> values(List<Score> scores) {
        return scores.stream().collect(Collectors.toMap(Score::name, Score::value));
    }

    private static Fakes noise(int count, int batch) {
        SeededDraws draws = new SeededDraws(5, Devices.CPU);
        return new Fakes(count, "running", () -> new Fakes.Batch(draws.normal(batch, 3, 32, 32), null));
    }

    @Test
    void aDatasetAgainstItselfIsPerfect() {
        Map<String, Double> scores =
                values(evaluator(EvaluationSettings.STANDARD).evaluate(real, real));
        assertThat(scores.keySet())
                .containsExactlyInAnyOrder("fid", "is", "precision", "recall", "density", "coverage", "accuracy");
        assertThat(scores.get("fid")).isBetween(0.0, 1e-6);
        assertThat(scores.get("precision")).isOne();
        assertThat(scores.get("recall")).isOne();
        assertThat(scores.get("coverage")).isOne();
        assertThat(scores.get("is")).isBetween(2.0, 3.0);
        assertThat(scores.get("accuracy")).isGreaterThan(0.95);
    }

    @Test
    void theScoresAreThoseOfTheFeatures() {
        EvaluationSettings all = EvaluationSettings.STANDARD.with(EnumSet.allOf(ScoreKind.class));
        Map<String, Double> scores = values(evaluator(all).evaluate(others, real));
        try (Scope scope = Scope.open()) {
            Tensor x = network.extract(DatasetImages.batch(real, DatasetImages.range(0, 200), Devices.CPU))
                    .features();
            Tensor y = network.extract(DatasetImages.batch(others, DatasetImages.range(0, 150), Devices.CPU))
                    .features();
            assertThat(scores.get("fid")).isCloseTo(Frechet.distance(x, y), within(1e-9));
            Prdc prdc = Prdc.of(x, y, 5, Prdc.Surface.OUTSIDE);
            assertThat(scores.get("density")).isEqualTo(prdc.density());
            assertThat(scores.get("recall")).isEqualTo(prdc.recall());
            assertThat(scores.get("kid"))
                    .isEqualTo(KernelDistance.overSubsets(x, y, new KernelDistance.Subsets(100, 150, 2020))
                            .mean());
            assertThat(scores).containsKey("intra_fid");
        }
    }

    @Test
    void noiseIsFartherThanOtherImagesOfTheKind() {
        Evaluator evaluator = evaluator(EvaluationSettings.STANDARD);
        Map<String, Double> near = values(evaluator.evaluate(others, real));
        Map<String, Double> far = values(evaluator.evaluate(noise(150, 40), real));
        assertThat(far.get("fid")).isGreaterThan(10 * Objects.requireNonNull(near.get("fid")));
        assertThat(far.get("precision")).isLessThan(near.get("precision"));
        assertThat(far).as("noise has no labels").doesNotContainKey("accuracy");
    }

    @Test
    void theLastBatchIsCutToTheCount() {
        List<Long> heard = new ArrayList<>();
        Evaluator evaluator = new Evaluator(network, EvaluationSettings.STANDARD, cache, (stage, done, total) -> {
            if (stage.contains("generated")) {
                heard.add(done);
            }
        });
        List<Score> scores = evaluator.evaluate(noise(100, 40), real);
        assertThat(heard).containsExactly(40L, 80L, 100L);
        assertThat(scores.get(0).protocol().fake()).isEqualTo(100);
    }

    @Test
    void realFeaturesAreComputedOnceAndAgainOnlyIfTheFileIsDamaged() throws IOException {
        Evaluator evaluator = evaluator(EvaluationSettings.STANDARD);
        Map<String, Double> first = values(evaluator.evaluate(noise(50, 50), real));
        assertThat(network.seen.getAndSet(0)).isEqualTo(250);
        assertThat(values(evaluator.evaluate(noise(50, 50), real))).isEqualTo(first);
        assertThat(network.seen.getAndSet(0)).as("only the generated ones").isEqualTo(50);

        Path file;
        try (var files = Files.list(cache)) {
            file = files.findFirst().orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        assertThat(values(evaluator.evaluate(noise(50, 50), real))).isEqualTo(first);
        assertThat(network.seen.get()).isEqualTo(250);
    }

    @Test
    void nativeMemoryStaysFlat() {
        Evaluator evaluator = evaluator(EvaluationSettings.STANDARD);
        evaluator.evaluate(noise(100, 10), real);
        SeededDraws draws = new SeededDraws(5, Devices.CPU);
        List<Long> alive = new ArrayList<>();
        evaluator.evaluate(
                new Fakes(400, "running", () -> {
                    alive.add(Scope.livePointers());
                    return new Fakes.Batch(draws.normal(10, 3, 32, 32), null);
                }),
                real);
        assertThat(alive.get(39)).isLessThanOrEqualTo(alive.get(2));
    }

    @Test
    void scoresOfTwoProtocolsAreNeverCompared() {
        Evaluator evaluator = evaluator(EvaluationSettings.STANDARD);
        Score small = evaluator.evaluate(noise(100, 50), real).get(0);
        Score same = evaluator.evaluate(others, real).get(0);
        assertThat(small.label()).isEqualTo("fid[coarse]");
        assertThatThrownBy(() -> small.betterThan(same))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("generated images: 100 and 150")
                .hasMessageContaining("drawn with: running and files");
        Score better = new Score("fid", small.value() / 2, small.protocol());
        assertThat(better.betterThan(small)).isTrue();
        Protocol proper =
                new Protocol(new Protocol.Features(Score.PROPER, "1", "legacy"), "x", 2, 2, "running", Map.of());
        assertThat(new Score("fid", 1, proper).label()).isEqualTo("fid");
    }

    @Test
    void tooFewImagesAreRefusedBeforeTheWork() {
        Dataset three = new MemoryDataset("three", List.of("x"), new int[3], new Pixels(3, 32));
        assertThatThrownBy(() -> evaluator(EvaluationSettings.STANDARD).evaluate(three, real))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("at least 6 images");
        assertThat(network.seen.get()).isZero();
    }
}
