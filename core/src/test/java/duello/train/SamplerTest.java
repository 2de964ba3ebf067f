package duello.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duello.catalog.Failure;
import duello.method.LatentStep;
import duello.method.Method;
import duello.model.Code;
import duello.model.Generator;
import duello.model.Latent;
import duello.model.LatentSpace;
import duello.model.LogitHead;
import duello.model.Prior;
import duello.torch.BatchNorm2d;
import duello.torch.Devices;
import duello.torch.Draws;
import duello.torch.Forward;
import duello.torch.Init;
import duello.torch.Layers;
import duello.torch.Module;
import duello.torch.Ops;
import duello.torch.Scope;
import duello.train.SamplingSettings.Standing;
import duello.train.SamplingSettings.Statistics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images drawn in other ways than the plain one. */
class SamplerTest {
    private static final Standing FEW = new Standing(6, 5);
    private static final int IMAGE = 3 * 16 * 16;

    @TempDir
    private Path folder;

    private static SamplingSettings settings(Statistics statistics) {
        return new SamplingSettings(null, statistics, FEW);
    }

    /** Uphill and a little at random, as Langevin sampling and latent optimisation go. */
    private record Uphill(double rate) implements LatentStep {
        @Override
        public Latent refine(Critic critic, Latent latent, Draws draws) {
            Tensor z = latent.z().detach().requires_grad_(true);
            Tensor gradient = Ops.grad(critic.score(latent.moved(z)), z, false);
            Tensor noise = draws.normal(Ops.shape(z));
            return latent.moved(z.add(Ops.mul(gradient.add(noise), rate)));
        }

        @Override
        public Set<Use> uses() {
            return EnumSet.of(Use.SAMPLING);
        }
    }

    /** Images that are the normalised latents: {@code [B, 3]} as maps of 2 by 2. */
    private static final class Transparent implements Generator {
        private final Module module = new Module();
        private final Prior prior;
        private final BatchNorm2d norm;
        private final List<Forward> forwards = new ArrayList<>();
        private final List<double[]> means = new ArrayList<>();

        Transparent(Prior prior) {
            this.prior = prior;
            this.norm = module.child("bn", new Layers(Init.of(Init.Rule.N02, 1, Devices.CPU), false).batchNorm(3));
        }

        @Override
        public LatentSpace space() {
            return new LatentSpace(3, prior, null);
        }

        @Override
        public Tensor draw(Code code, Forward f) {
            forwards.add(f);
            means.add(Ops.toDoubles(Ops.mean(code.w(), false, 0)));
            Tensor maps = code.w()
                    .unsqueeze(-1)
                    .unsqueeze(-1)
                    .expand(new long[] {code.w().size(0), 3, 2, 2}, false);
            return norm.apply(maps.contiguous(), f);
        }

        @Override
        public Module module() {
            return module;
        }
    }

    private static List<Float> boxed(float[] values) {
        List<Float> list = new ArrayList<>();
        for (float v : values) {
            list.add(v);
        }
        return list;
    }

    private static Tensor buffer(Generator generator, String name) {
        return Objects.requireNonNull(generator.module().buffers().get(name));
    }

    private static float[] image(float[] images, int i) {
        return Arrays.copyOfRange(images, i * IMAGE, (i + 1) * IMAGE);
    }

    @Test
    void latentsAreTruncatedAndStayThoseOfTheirImage() {
        try (Scope scope = Scope.open()) {
            SamplingSettings truncated = new SamplingSettings(0.3, Statistics.RUNNING, FEW);
            Sampler sampler = new Sampler(new Transparent(Prior.GAUSSIAN), 3, Devices.CPU, truncated, LatentChain.NONE);
            float[] plain = Ops.toFloats(
                    new Sampler(new Transparent(Prior.GAUSSIAN), 3, Devices.CPU).images(5, 0, new long[40]));
            float[] together = Ops.toFloats(sampler.images(5, 0, new long[40]));
            assertThat(boxed(plain)).anyMatch(v -> Math.abs(v) > 0.3);
            assertThat(boxed(together))
                    .allMatch(v -> Math.abs(v) <= 0.3)
                    .anyMatch(v -> v > 0.2)
                    .anyMatch(v -> v < -0.2);
            assertThat(Ops.toFloats(sampler.images(5, 7, new long[1])))
                    .containsExactly(Arrays.copyOfRange(together, 7 * 12, 8 * 12));
        }
    }

    @Test
    void truncationOfUniformLatentsAndWhatIsNotAboveZeroAreRefused() {
        SamplingSettings truncated = new SamplingSettings(0.3, Statistics.RUNNING, FEW);
        assertThatThrownBy(
                        () -> new Sampler(new Transparent(Prior.UNIFORM), 3, Devices.CPU, truncated, LatentChain.NONE))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("truncation is for gaussian latents, but this generator's are uniform");
        assertThatThrownBy(() -> new SamplingSettings(0.0, Statistics.RUNNING, FEW))
                .hasMessageContaining("truncation is 0.0");
    }

    @Test
    void standingStatisticsAreTheMovingAveragesOfPassesOfRandomSizes() {
        try (Scope scope = Scope.open()) {
            Transparent generator = new Transparent(Prior.GAUSSIAN);
            Scope.withoutGrad(() -> buffer(generator, "bn.running_mean").fill_(Ops.scalar(7)));
            Sampler sampler = new Sampler(generator, 3, Devices.CPU, settings(Statistics.STANDING), LatentChain.NONE);
            double[] expected = new double[3];
            int passes = 0;
            for (int i = 0; i < generator.forwards.size(); i++) {
                Forward f = generator.forwards.get(i);
                if (f.trackStatistics()) {
                    passes++;
                    assertThat(f.batchStatistics()).isTrue();
                    assertThat(f.powerStep()).isFalse();
                    for (int c = 0; c < 3; c++) {
                        expected[c] = 0.9 * expected[c] + 0.1 * generator.means.get(i)[c];
                    }
                }
            }
            assertThat(passes).isEqualTo(FEW.passes());
            assertThat(Ops.toDoubles(buffer(generator, "bn.running_mean")))
                    .containsExactly(expected, Offset.offset(1e-6));
            assertThat(Ops.toDoubles(buffer(generator, "bn.num_batches_tracked")))
                    .containsExactly(FEW.passes());
            sampler.images(1, 0, new long[2]);
            assertThat(generator.forwards.get(generator.forwards.size() - 1)).isEqualTo(Forward.EVALUATION);
        }
    }

    @Test
    void withBatchStatisticsAnImageDependsOnItsCompanyAndElseNot() {
        try (Trainer trainer = Tiny.plain().trainer();
                Scope scope = Scope.open()) {
            trainer.iterate();
            for (Statistics statistics : Statistics.values()) {
                Sampler sampler = trainer.sampler(settings(statistics));
                float[] together = Ops.toFloats(sampler.images(5, 0, new long[] {0, 1, 2, 1}));
                float[] alone = Ops.toFloats(sampler.images(5, 2, new long[] {2}));
                if (statistics == Statistics.BATCH) {
                    assertThat(alone).isNotEqualTo(image(together, 2));
                } else {
                    assertThat(alone).containsExactly(image(together, 2), Offset.offset(1e-5f));
                }
            }
        }
    }

    @Test
    void theThreeKindsOfStatisticsGiveThreeKindsOfImagesAndStandingOnesRepeat() {
        try (Trainer trainer = Tiny.plain().trainer();
                Scope scope = Scope.open()) {
            trainer.iterate();
            byte[] before = TrainingBits.of(trainer);
            float[] running = drawn(trainer, Statistics.RUNNING);
            float[] standing = drawn(trainer, Statistics.STANDING);
            assertThat(standing).isNotEqualTo(running).isNotEqualTo(drawn(trainer, Statistics.BATCH));
            assertThat(drawn(trainer, Statistics.STANDING)).containsExactly(standing);
            assertThat(TrainingBits.of(trainer)).isEqualTo(before);
        }
    }

    private static float[] drawn(Trainer trainer, Statistics statistics) {
        return Ops.toFloats(trainer.sampler(settings(statistics)).images(5, 0, new long[] {0, 1, 2}));
    }

    @Test
    void aLatentStepMovesImagesTowardsWhatTheDiscriminatorFindsRealAndLeavesNoTrace() {
        try (Trainer plain = Tiny.plain().trainer();
                Trainer steered = Tiny.plain().with(new Uphill(0.5)).trainer();
                Scope scope = Scope.open()) {
            plain.iterate();
            steered.iterate();
            byte[] before = TrainingBits.of(steered);
            Sampler sampler = steered.sampler();
            float[] together = Ops.toFloats(Scope.noGrad(() -> sampler.images(5, 0, new long[] {0, 1, 2})));
            assertThat(together).isNotEqualTo(Ops.toFloats(plain.sampler().images(5, 0, new long[] {0, 1, 2})));
            assertThat(Ops.toFloats(sampler.images(5, 1, new long[] {1})))
                    .containsExactly(image(together, 1), Offset.offset(1e-4f));
            assertThat(TrainingBits.of(steered)).isEqualTo(before);
            assertThat(sampler.protocol(8)).isEqualTo("running, Uphill[rate=0.5]");
        }
    }

    @Test
    void aStepAsksAboutTheSamplersOwnImagesWithGradientsOn() {
        try (Scope scope = Scope.open()) {
            List<Tensor> asked = new ArrayList<>();
            LatentChain chain = new LatentChain(List.of(new Uphill(1)), List.of("uphill"), (images, labels) -> {
                asked.add(images);
                return Ops.mul(Ops.sumPerSample(images), 0.25);
            });
            Sampler sampler =
                    new Sampler(new Transparent(Prior.GAUSSIAN), 3, Devices.CPU, SamplingSettings.PLAIN, chain);
            Sampler plain = new Sampler(new Transparent(Prior.GAUSSIAN), 3, Devices.CPU);
            float[] moved = Ops.toFloats(Scope.noGrad(() -> sampler.images(9, 0, new long[400])));
            float[] before = Ops.toFloats(plain.images(9, 0, new long[400]));
            assertThat(asked).hasSize(1);
            double shift = 0;
            for (int i = 0; i < moved.length; i++) {
                shift += (moved[i] - before[i]) / moved.length;
            }
            // A map is the latent four times over, so the score's gradient is 1 at each; the noise's mean is 0.
            assertThat(shift).isCloseTo(1, Offset.offset(0.1));
        }
    }

    @Test
    void aSavedSamplerDrawsWhatTheTrainersDraws() {
        List<Method> methods = List.of(new Uphill(0.5));
        Tiny tiny = Tiny.plain().with(methods.toArray(Method[]::new));
        try (Trainer trainer = tiny.trainer();
                Scope scope = Scope.open()) {
            trainer.iterate();
            trainer.save(folder.resolve("one"), Map.of());
            SamplingSettings settings = new SamplingSettings(0.8, Statistics.STANDING, FEW);
            Setup.Players players = new Setup.Players(tiny.backbone(), tiny.logit());
            Sampler saved = new SavedSampler(players, methods, settings).open(folder.resolve("one"), Devices.CPU);
            assertThat(Ops.toFloats(saved.images(3, 4, new long[] {0, 2})))
                    .containsExactly(Ops.toFloats(trainer.sampler(settings).images(3, 4, new long[] {0, 2})));
            assertThat(saved.protocol(64))
                    .isEqualTo("standing (6 passes of up to 5), truncation 0.8, Uphill[rate=0.5]");
        }
    }

    @Test
    void theDiscriminatorIsOnlyBuiltWhenALatentStepAsksIt() {
        LogitHead none = (site, classes) -> {
            throw new AssertionError("nobody asks the discriminator");
        };
        try (Trainer trainer = Tiny.plain().trainer();
                Scope scope = Scope.open()) {
            trainer.save(folder.resolve("one"), Map.of());
            SavedSampler saved =
                    new SavedSampler(new Setup.Players(Tiny.bigResNet(), none), List.of(), SamplingSettings.PLAIN);
            assertThat(Ops.toFloats(
                            saved.open(folder.resolve("one"), Devices.CPU).images(0, 0, new long[] {1})))
                    .hasSize(IMAGE);
        }
    }
}
