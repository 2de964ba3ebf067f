package duello.method.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import duello.dist.Collective;
import duello.golden.GoldenCase;
import duello.method.Method;
import duello.method.PerSample;
import duello.method.Player;
import duello.method.Scored;
import duello.method.adversarial.Vanilla;
import duello.method.augment.AdaptiveProbability;
import duello.recipe.RecipeReader;
import duello.recipe.RecipeText;
import duello.torch.Devices;
import duello.torch.Ops;
import duello.torch.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The formulas of adaptation give the golden numbers, values and gradients. */
class GoldenFewShotTest {
    private static final double RELATIVE = 1e-8;

    private final Scope scope = Scope.open();

    @AfterEach
    void close() {
        scope.close();
    }

    private static void close(Tensor ours, GoldenCase golden) {
        double[] a = Ops.toDoubles(ours);
        double[] b = golden.numbers();
        assertThat(a).hasSameSizeAs(b);
        for (int i = 0; i < a.length; i++) {
            assertThat(a[i]).as("number " + i).isCloseTo(b[i], within(1e-9 + RELATIVE * Math.abs(b[i])));
        }
    }

    private static Method read(String type) {
        return RecipeReader.standard().read(new RecipeText("method", "type: " + type, null), Method.class);
    }

    private static Tensor leaf(GoldenCase given) {
        return given.tensor().requires_grad_(true);
    }

    // ---- CDC

    @Test
    void distanceConsistencyIsTheDivergenceFromTheSourceByTheElementMean() {
        GoldenCase given = GoldenCase.fewShot("cdc_distance_consistency");
        List<Tensor> source = given.at("inputs").at("source_features").items().stream()
                .map(GoldenCase::tensor)
                .toList();
        List<Tensor> target = given.at("inputs").at("target_features").items().stream()
                .map(GoldenFewShotTest::leaf)
                .toList();
        List<Integer> layers = Arrays.stream(
                        given.at("inputs").at("layer_of_anchor").wholes())
                .boxed()
                .toList();
        Tensor loss = Correspondence.loss(layers, source, target);
        close(loss, given.at("loss_code_convention_element_mean"));
        close(Ops.mul(loss, 1000), given.at("weighted_with_1000_element_mean"));
        List<Tensor> gradients = Ops.grads(loss, target, false);
        assertThat(gradients.get(0).defined()).isFalse();
        close(gradients.get(1), given.at("grad_of_element_mean_wrt_target_layer1"));
        close(gradients.get(2), given.at("grad_of_element_mean_wrt_target_layer2"));
        assertThat(loss.item_double())
                .isNotCloseTo(given.at("wrong_direction_element_mean").number(), within(1e-4));
    }

    @Test
    void everyFourthIterationJudgesWholeImages() {
        GoldenCase given = GoldenCase.fewShot("anchor_schedule");
        RelaxedRealism realism = (RelaxedRealism) read("relaxed_realism");
        assertThat(realism.every()).isEqualTo(given.at("freq").whole());
        List<GoldenCase> first = given.at("first_12").items();
        for (int i = 0; i < first.size(); i++) {
            assertThat(realism.anchored(i) ? "image" : "patch")
                    .isEqualTo(first.get(i).node().asString());
        }
    }

    @Test
    void aPatchMapCountsByItsMean() {
        GoldenCase given = GoldenCase.fewShot("patch_adversarial");
        Scored real = scored(given.at("inputs").at("real_map").tensor());
        Scored fake = scored(given.at("inputs").at("fake_map").tensor());
        close(new Vanilla().discriminator(real, fake).mean(), given.at("d_logistic"));
        PerSample generator = new Vanilla().generator(() -> real, fake);
        close(generator.mean(), given.at("g_nonsaturating"));
    }

    private static Scored scored(Tensor logit) {
        return new Scored(logit, Ops.tensor(new long[Math.toIntExact(logit.size(0))], logit.size(0)));
    }

    // ---- DCL

    @ParameterizedTest
    @ValueSource(strings = {"0.07", "0.5", "1.0"})
    void theGeneratorsContrastIsNormalisedOverTheSource(String temperature) {
        GoldenCase given = GoldenCase.fewShot("dcl_cl1_generator");
        GoldenCase expected = given.at("results").at("tau_" + temperature);
        Tensor source = given.at("inputs").at("source_features").tensor();
        Tensor target = leaf(given.at("inputs").at("target_features"));
        Tensor with = new Contrast(Double.parseDouble(temperature), true).generators(target, source);
        close(with, expected.at("mean_infonce"));
        close(Ops.grad(with, target, false), expected.at("grad_mean_infonce_wrt_target"));
        Tensor without = new Contrast(Double.parseDouble(temperature), false).generators(target, source);
        close(without, expected.at("mean_positive_excluded"));
        close(Ops.grad(without, target, false), expected.at("grad_mean_positive_excluded_wrt_target"));
        assertThat(with.item_double())
                .isNotCloseTo(
                        expected.at("wrong_axis_mean_infonce_normalised_over_target")
                                .number(),
                        within(1e-3));
    }

    @Test
    void equalGeneratorsAreNotWithoutContrast() {
        GoldenCase given = GoldenCase.fewShot("dcl_cl1_identical_generators");
        Tensor source = given.at("inputs").at("source_features").tensor();
        Tensor target = given.at("inputs").at("target_features").tensor();
        double temperature = given.at("inputs").at("tau").number();
        close(Ops.mul(Cosines.matrix(target, source), 1 / temperature), given.at("logits"));
        close(new Contrast(temperature, true).generators(target, source), given.at("mean_infonce"));
        close(new Contrast(temperature, false).generators(target, source), given.at("mean_positive_excluded"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.07", "0.5", "1.0"})
    void theDiscriminatorsContrastHasAllRealsAsNegatives(String temperature) {
        GoldenCase given = GoldenCase.fewShot("dcl_cl2_discriminator");
        GoldenCase expected = given.at("results").at("tau_" + temperature);
        Tensor target = leaf(given.at("inputs").at("D_of_target"));
        Tensor source = leaf(given.at("inputs").at("D_of_source"));
        Tensor real = leaf(given.at("inputs").at("D_of_real"));
        Tensor with = new Contrast(Double.parseDouble(temperature), true).discriminators(target, source, real);
        close(with, expected.at("mean_infonce"));
        List<Tensor> gradients = Ops.grads(with, List.of(target, source, real), false);
        close(gradients.get(0), expected.at("grad_wrt_D_of_target"));
        close(gradients.get(1), expected.at("grad_wrt_D_of_source"));
        close(gradients.get(2), expected.at("grad_wrt_D_of_real"));
        close(
                new Contrast(Double.parseDouble(temperature), false).discriminators(target, source, real),
                expected.at("mean_positive_excluded"));
    }

    @Test
    void theTotalsAreThoseOfTheDefaultWeights() {
        GoldenCase given = GoldenCase.fewShot("adversarial_logistic_and_dcl_totals");
        GoldenCase in = given.at("inputs");
        Scored real = scored(in.at("real_logits").tensor());
        Scored fake = scored(in.at("fake_logits").tensor());
        Tensor d = new Vanilla().discriminator(real, fake).mean();
        Tensor g = new Vanilla().generator(() -> real, fake).mean();
        close(d, given.at("d_logistic"));
        close(g, given.at("g_nonsaturating"));
        DualContrast defaults = (DualContrast) read("dcl");
        assertThat(defaults.generator()).isEqualTo(in.at("lambda_1").number());
        assertThat(defaults.discriminator()).isEqualTo(in.at("lambda_2").number());
        close(g.add(Ops.mul(in.at("cl1").tensor(), defaults.generator())), given.at("generator_total"));
        close(d.add(Ops.mul(in.at("cl2").tensor(), defaults.discriminator())), given.at("discriminator_total"));
    }

    // ---- EWC

    @Test
    void theFisherInformationSquaresEachSamplesGradient() {
        GoldenCase given = GoldenCase.fewShot("ewc");
        GoldenCase in = given.at("inputs");
        List<Tensor> source = List.of(leaf(in.at("W_source")), leaf(in.at("b_source")));
        Tensor v = in.at("v").tensor();
        Tensor z = in.at("z").tensor();
        List<Tensor> fisher = source.stream().map(p -> Ops.mul(p.detach(), 0)).toList();
        for (int i = 0; i < z.size(0); i++) {
            Tensor score = v.dot(source.get(0).mv(z.select(0, i)).add(source.get(1)));
            Tensor surprise = Fisher.surprise(score);
            GoldenCase sample = given.at("per_sample").items().get(i);
            close(surprise, sample.at("loss"));
            Fisher.add(fisher, source, surprise, z.size(0));
        }
        close(fisher.get(0), given.at("fisher_W"));
        close(fisher.get(1), given.at("fisher_b"));
        List<Tensor> target = List.of(leaf(in.at("W_target")), leaf(in.at("b_target")));
        Tensor penalty = Fisher.penalty(
                fisher, target, source.stream().map(Tensor::detach).toList());
        close(penalty, given.at("penalty_sum_convention"));
        Tensor weighted = Ops.mul(penalty, in.at("lambda").number());
        close(weighted, given.at("weighted_penalty_sum_convention"));
        List<Tensor> gradients = Ops.grads(weighted, target, false);
        close(gradients.get(0), given.at("grad_of_weighted_sum_wrt_W_target"));
        close(gradients.get(1), given.at("grad_of_weighted_sum_wrt_b_target"));
    }

    @Test
    void normalisedInformationHasMeanOne() {
        List<Tensor> fisher = List.of(Ops.tensor(new double[] {1, 2, 3}, 3), Ops.tensor(new double[] {6}, 1));
        Fisher.normalise(fisher);
        assertThat(Ops.toDoubles(fisher.get(0))).containsExactly(1 / 3.0, 2 / 3.0, 1);
        assertThat(Ops.toDoubles(fisher.get(1))).containsExactly(2);
    }

    // ---- the others

    @Test
    void latentsAreNearThePriorBothWays() {
        GoldenCase given = GoldenCase.fewShot("bsa_latent_emd");
        close(
                Nearness.bothWays(
                        given.at("inputs").at("z").tensor(),
                        given.at("inputs").at("t").tensor()),
                given.at("value"));
    }

    @Test
    void selfCorrelationIsOfUnitChannels() {
        GoldenCase given = GoldenCase.fewShot("rssa_self_correlation");
        Tensor source = given.at("inputs").at("source").tensor();
        Tensor target = given.at("inputs").at("target").tensor();
        close(Correlation.within(source), given.at("source_correlation"));
        close(Correlation.within(target), given.at("target_correlation"));
        close(Correlation.self(source, target), given.at("loss"));
    }

    @Test
    void disturbanceIsBetweenTheImagesOfABatch() {
        GoldenCase given = GoldenCase.fewShot("rssa_disturbance_correlation");
        Tensor source = given.at("inputs").at("source").tensor();
        Tensor target = given.at("inputs").at("target").tensor();
        close(Correlation.between(Ops.rows(source, 0, 1), Ops.rows(source, 1, 2)), given.at("source_map"));
        close(Correlation.between(Ops.rows(target, 0, 1), Ops.rows(target, 1, 2)), given.at("target_map"));
        close(Correlation.disturbance(source, target, 1), given.at("times_positions"));
    }

    @Test
    void aCodeIsDrawnTowardsTheSpanOfTheInvertedOnes() {
        GoldenCase given = GoldenCase.fewShot("rssa_latent_projection");
        GoldenCase in = given.at("inputs");
        Tensor w = in.at("w").tensor().unsqueeze(0);
        Tensor basis = in.at("inverted_latents").tensor();
        close(Projection.compressed(w, basis, 1), given.at("rescaled"));
        close(Projection.compressed(w, basis, in.at("blend").number()), given.at("output"));
    }

    @Test
    void theProbabilityOfAugmentationHardlyRisesInAFewIterations() {
        for (GoldenCase row :
                GoldenCase.fewShot("ada_probability_ceiling").at("rows").items()) {
            AdaptiveProbability p = new AdaptiveProbability(
                    new AdaptiveProbability.Settings(0, 0.6, 500, 1), Devices.CPU, Collective.LOCAL);
            Tensor sure = Ops.ones(Devices.CPU, row.at("images").whole());
            p.count(sure);
            p.afterUpdate(Player.DISCRIMINATOR, 0);
            assertThat(p.value().item_double())
                    .isCloseTo(row.at("p_max_new_length500000").number(), within(1e-7));
        }
    }

    @Test
    void theFirstLayerIsLeftOutAndNoOther() {
        for (GoldenCase row :
                GoldenCase.fewShot("cdc_layer_index_range").at("rows").items()) {
            List<String> names = IntStream.range(0, row.at("feature_count").whole())
                    .mapToObj(String::valueOf)
                    .toList();
            List<String> chosen = LayerChoice.ofGenerator(List.of(), names);
            assertThat(chosen.get(0))
                    .isEqualTo(
                            String.valueOf(row.at("random_index_low_inclusive").whole()));
            assertThat(chosen).hasSize(row.at("random_index_high_exclusive").whole() - 1);
        }
    }
}
