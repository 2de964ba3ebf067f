package duello.method.pretext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import duello.golden.GoldenCase;
import duello.method.Adversarial;
import duello.method.Loss;
import duello.method.Method;
import duello.method.Scored;
import duello.method.adversarial.Hinge;
import duello.method.adversarial.LeastSquares;
import duello.method.adversarial.Vanilla;
import duello.recipe.RecipeReader;
import duello.recipe.RecipeText;
import duello.torch.Devices;
import duello.torch.Draws;
import duello.torch.Ops;
import duello.torch.Scope;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rotations, their layouts in a batch, the losses of every pretext method and the exchange of patches are golden. */
class GoldenPretextTest {
    private static final double NEAR = 1e-8;

    private final Scope scope = Scope.open();

    @AfterEach
    void close() {
        scope.close();
    }

    private static void close(Tensor ours, GoldenCase golden) {
        assertThat(ours.item_double()).isCloseTo(golden.number(), within(NEAR));
    }

    private static Method read(String yaml) {
        return RecipeReader.standard().read(new RecipeText("method", yaml, null), Method.class);
    }

    /** Nothing may be drawn. */
    private static final Draws NONE = new Draws() {
        @Override
        public Tensor normal(long... shape) {
            throw new AssertionError("normal");
        }

        @Override
        public Tensor uniform(long... shape) {
            throw new AssertionError("uniform");
        }

        @Override
        public Tensor ints(long high, long... shape) {
            throw new AssertionError("ints");
        }
    };

    // ---- rotations

    @Test
    void classesAreCounterClockwiseQuarterTurns() {
        GoldenCase given = GoldenCase.selfSupervision("rotation_3x3");
        for (GoldenCase turn : given.at("classes").items()) {
            Tensor ours = new QuarterTurns()
                    .apply(
                            given.at("input").image(),
                            Ops.tensor(new long[] {turn.at("label").whole()}, 1));
            assertThat(Ops.toDoubles(ours)).containsExactly(turn.at("output").numbers());
            assertThat(Ops.toDoubles(ours))
                    .isNotEqualTo(
                            given.at("not_a_rotation").at("plain_transpose").numbers());
        }
    }

    /** Images of one pixel, the number of the image. */
    private static Tensor pixels(int count) {
        return Ops.range(count, Devices.CPU).view(count, 1, 1, 1);
    }

    @Test
    void allFourTurnsStandBlockByBlock() {
        GoldenCase given = GoldenCase.selfSupervision("rotation_batch_all_four");
        int images = given.at("images").whole();
        Assignment.Transformed t = new Assignment(new QuarterTurns(), Layout.ALL_FOUR, 4)
                .of(pixels(images), Ops.range(images, Devices.CPU), NONE);
        assertThat(Ops.toDoubles(t.classes()))
                .containsExactly(given.at("labels").numbers());
        assertThat(Ops.toDoubles(t.images()))
                .containsExactly(given.at("source_image_of_row").numbers());
        assertThat(Ops.toDoubles(t.labels())).containsExactly(Ops.toDoubles(t.images()));
    }

    @Test
    void quartersOfABatchAreTurnedOnce() {
        GoldenCase given = GoldenCase.selfSupervision("rotation_batch_quarters");
        for (Map.Entry<Integer, String> batch :
                Map.of(given.at("N").whole(), "labels", 6, "labels_N_6").entrySet()) {
            int count = batch.getKey();
            Assignment.Transformed t = new Assignment(new QuarterTurns(), Layout.QUARTERS, 1)
                    .of(pixels(count), Ops.range(count, Devices.CPU), NONE);
            assertThat(Ops.toDoubles(t.classes()))
                    .containsExactly(given.at(batch.getValue()).numbers());
            assertThat(Ops.toDoubles(t.images())).containsExactly(Ops.toDoubles(pixels(count)));
        }
    }

    @Test
    void theRotationLossesAreGolden() {
        GoldenCase given = GoldenCase.selfSupervision("rotation_cross_entropy");
        Tensor outputs = given.at("logits").tensor();
        Tensor classes = given.at("labels").labels();
        Tensor mean = Recognition.loss(outputs, classes);
        close(mean, given.at("mean"));
        each(outputs, classes, given.at("per_sample"));
        Rotation defaults = (Rotation) read("rotation");
        Loss discriminator = new Loss();
        discriminator.add("rotation", defaults.discriminator(), mean);
        close(discriminator.total(), given.at("weighted_d_1.0"));
        Loss generator = new Loss();
        generator.add("rotation", defaults.generator(), mean);
        close(generator.total(), given.at("weighted_g_0.2"));
        Tensor right =
                Accuracy.named(outputs, classes).to(torch.ScalarType.Double).mean();
        close(right, given.at("accuracy_argmax_first"));
    }

    private static void each(Tensor outputs, Tensor classes, GoldenCase golden) {
        for (int i = 0; i < golden.numbers().length; i++) {
            assertThat(Recognition.loss(Ops.rows(outputs, i, i + 1), Ops.rows(classes, i, i + 1))
                            .item_double())
                    .isCloseTo(golden.numbers()[i], within(NEAR));
        }
    }

    // ---- deshuffling

    @Test
    void theDeshufflingLossIsOfRawOutputs() {
        GoldenCase given = GoldenCase.selfSupervision("deshuffle_cross_entropy_30");
        Tensor outputs = given.at("logits").tensor();
        Tensor classes = given.at("labels").labels();
        close(Recognition.loss(outputs, classes), given.at("mean"));
        each(outputs, classes, given.at("per_sample"));
        close(Recognition.loss(outputs.sigmoid(), classes), given.at("with_sigmoid_before_softmax_mean"));
        close(Recognition.loss(Ops.mul(outputs, 0), classes), given.at("chance_level_log_30"));
    }

    @Test
    void theTotalsAreThoseOfTheDefaultWeights() {
        GoldenCase given = GoldenCase.selfSupervision("deshufflegan_totals_hinge");
        GoldenCase in = given.at("inputs");
        Deshuffle defaults = (Deshuffle) read("deshuffle");
        assertThat(defaults.discriminator()).isEqualTo(in.at("alpha").number());
        assertThat(defaults.generator()).isEqualTo(in.at("beta").number());
        close(
                total(in.at("d_adversarial"), defaults.discriminator(), in.at("cross_entropy_real_shuffled")),
                given.at("d_total"));
        close(
                total(in.at("g_adversarial"), defaults.generator(), in.at("cross_entropy_fake_shuffled")),
                given.at("g_total"));
    }

    private static Tensor total(GoldenCase adversarial, double weight, GoldenCase pretext) {
        Loss loss = new Loss();
        loss.add("adversarial", 1, adversarial.tensor());
        loss.add("deshuffle", weight, pretext.tensor());
        return loss.total();
    }

    @Test
    void theAdversarialLossesBesideItAreThoseOfTheAuthors() {
        adversarial("standard", new Vanilla(), 1);
        adversarial("hinge", new Hinge(), 1);
        // Duello's is halved, as PyTorch-StudioGAN's is; beside it the authors' weights count twice.
        adversarial("least_squares", new LeastSquares(), 0.5);
    }

    private static void adversarial(String name, Adversarial loss, double factor) {
        GoldenCase given = GoldenCase.selfSupervision("adversarial_losses");
        Tensor none = Ops.tensor(new long[4], 4);
        Scored real = new Scored(given.at("inputs").at("real").tensor(), none);
        Scored fake = new Scored(given.at("inputs").at("fake").tensor(), none);
        close(
                Ops.mul(loss.discriminator(real, fake).mean(), 1 / factor),
                given.at(name).at("d"));
        close(
                Ops.mul(loss.generator(() -> real, fake).mean(), 1 / factor),
                given.at(name).at("g"));
    }

    // ---- more classes

    @Test
    void theMultiClassGameIsGolden() {
        GoldenCase given = GoldenCase.selfSupervision("ssgan_ms");
        GoldenCase in = given.at("inputs");
        Tensor generated = in.at("fake_logits").tensor();
        close(
                MultiClassMinimax.discriminatorLoss(
                        in.at("real_logits").tensor(), in.at("real_labels").labels(), generated),
                given.at("d"));
        close(MultiClassMinimax.generatorLoss(generated, in.at("fake_rotations").labels()), given.at("g"));
    }

    @ParameterizedTest
    @EnumSource(Labelled.class)
    void labelAugmentationIsGolden(Labelled loss) {
        GoldenCase given = GoldenCase.selfSupervision("ssgan_la");
        GoldenCase in = given.at("inputs");
        GoldenCase expected = given.at(loss == Labelled.CROSS_ENTROPY ? "cross_entropy" : "multi_hinge");
        Tensor generated = in.at("fake_logits").tensor();
        Tensor ways = in.at("fake_rotations").labels();
        close(
                loss.discriminator(
                        in.at("real_logits").tensor(), in.at("real_rotations").labels(), generated, ways),
                expected.at("d"));
        close(loss.generator(generated, ways), expected.at("g"));
    }

    // ---- patches of features

    @Test
    void patchesChangePlacesAsInTheGoldenExchange() {
        GoldenCase given = GoldenCase.selfSupervision("feature_exchange");
        PatchExchange patches = new PatchExchange(given.at("size").wholes()[0]);
        Tensor one = given.at("input").image();
        Tensor map = Ops.cat(1, one, Ops.add(one, 100));
        Tensor ours = patches.exchange(map, place(given.at("patch_a_row_col")), place(given.at("patch_b_row_col")));
        assertThat(Ops.toDoubles(ours.select(1, 0)))
                .containsExactly(given.at("output").numbers());
        assertThat(Ops.toDoubles(Ops.add(ours.select(1, 1), -100)))
                .containsExactly(given.at("output").numbers());
    }

    /** Of a patch of 2 on a map of 4. */
    private static Tensor place(GoldenCase corner) {
        return Ops.tensor(new long[] {3L * corner.wholes()[0] + corner.wholes()[1]}, 1, 1);
    }
}
