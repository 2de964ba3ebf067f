package duello.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layers compute what their definitions say, and change in passing only what they should. */
class LayersTest {
    private static final Forward FROZEN = Forward.EVALUATION;
    private final Draws draws = new SeededDraws(17, Devices.CPU);

    private static Layers layers(boolean spectral) {
        return new Layers(Init.of(Init.Rule.N02, 5, Devices.CPU), spectral);
    }

    private static Tensor of(Module module, String name) {
        return States.required(module.state(), name);
    }

    private static void assertClose(Tensor actual, Tensor expected, double tolerance) {
        assertThat(Ops.shape(actual)).containsExactly(Ops.shape(expected));
        double scale = Math.max(1e-30, expected.detach().abs().max().item_double());
        assertThat(actual.detach().sub(expected.detach()).abs().max().item_double() / scale)
                .isLessThan(tolerance);
    }

    // ---- spectral normalisation

    /** The weight as the matrix whose spectral norm is meant. */
    private static Tensor matrix(Module module, boolean transposed) {
        Tensor w = of(module, "weight_orig");
        return (transposed ? w.transpose(0, 1) : w).flatten(1, -1);
    }

    private static Tensor normalised(Tensor t) {
        return t.div(t.norm().clamp_min(Ops.scalar(1e-6)));
    }

    /** Applies a layer with any input, for the sake of what it does to its state. */
    private interface Pass {
        void with(Forward f);
    }

    private void assertIterates(Module module, boolean transposed, Pass pass) {
        Tensor m = matrix(module, transposed);
        Tensor v = normalised(m.t().mv(of(module, "weight_u")));
        Tensor u = normalised(m.mv(v));
        pass.with(Forward.TRAINING);
        assertClose(of(module, "weight_v"), v, 1e-6);
        assertClose(of(module, "weight_u"), u, 1e-6);
        Tensor kept = Ops.cloneOf(of(module, "weight_u"));
        pass.with(FROZEN);
        pass.with(Forward.BATCH_STATISTICS);
        assertThat(of(module, "weight_u").equal(kept)).isTrue();
        pass.with(Forward.ITERATING_EVALUATION);
        assertThat(of(module, "weight_u").equal(kept)).isFalse();
    }

    @Test
    void everyKindOfLayerIteratesOnceAPassOnItsOwnMatrix() {
        Linear linear = layers(true).linear(6, 4, true);
        assertIterates(linear.module(), false, f -> linear.apply(draws.normal(2, 6), f));
        Conv2d conv = layers(true).conv(Conv2d.Shape.conv(3, 5, 3, 1, 1));
        assertIterates(conv.module(), false, f -> conv.apply(draws.normal(2, 3, 4, 4), f));
        Conv2d up = layers(true).conv(Conv2d.Shape.transposed(3, 5, 4, 2, 1));
        assertIterates(up.module(), true, f -> up.apply(draws.normal(2, 3, 4, 4), f));
        assertThat(of(up.module(), "weight_u").size(0)).isEqualTo(5);
        Embedding table = layers(true).embedding(7, 4);
        assertIterates(table.module(), false, f -> table.apply(Ops.range(3, Devices.CPU), f));
        assertThat(of(table.module(), "weight_u").size(0)).isEqualTo(7);
    }

    @Test
    void afterManyIterationsTheLargestSingularValueIsOne() {
        Linear linear = layers(true).linear(6, 4, false);
        Tensor identity = torch.eye(6, Ops.floats(Devices.CPU));
        for (int i = 0; i < 300; i++) {
            linear.apply(identity, Forward.TRAINING);
        }
        Tensor effective = linear.apply(identity, FROZEN);
        double largest = torch.linalg_matrix_norm(effective, Ops.scalar(2)).item_double();
        assertThat(largest).isBetween(1 - 1e-4, 1 + 1e-4);
    }

    @Test
    void frozenTheWeightIsDividedByTheStoredVectorsValue() {
        Linear linear = layers(true).linear(6, 4, true);
        Scope.withoutGrad(() -> of(linear.module(), "bias").add_(Ops.scalar(3)));
        Tensor m = matrix(linear.module(), false);
        Tensor sigma = of(linear.module(), "weight_u").dot(m.mv(of(linear.module(), "weight_v")));
        Tensor x = draws.normal(2, 6);
        assertClose(linear.apply(x, FROZEN), Ops.add(x.mm(m.t()).div(sigma), 3.0), 1e-5);
    }

    @Test
    void twoPassesOfOneStepDifferentiateEachWithItsOwnVectors() {
        Linear linear = layers(true).linear(6, 4, false);
        linear.module().requiresGrad(true);
        Tensor w = of(linear.module(), "weight_orig");
        Tensor x = draws.normal(2, 6);
        Tensor direction = draws.normal(2, 4);
        Tensor first = linear.apply(x, Forward.TRAINING).mul(direction).sum();
        Tensor[] firstVectors = {
            Ops.cloneOf(of(linear.module(), "weight_u")), Ops.cloneOf(of(linear.module(), "weight_v"))
        };
        linear.apply(x, Forward.TRAINING);
        // the second pass has moved the stored vectors; the first pass's gradient must not see that
        Tensor sigma = firstVectors[0].dot(w.mv(firstVectors[1]));
        Tensor byHand = x.mm(w.t()).div(sigma).mul(direction).sum();
        assertClose(Ops.grad(first, w, false), Ops.grad(byHand, w, false), 1e-5);
    }

    @Test
    void stateDictsHaveTheReferencesKeysInItsOrder() {
        assertThat(layers(true).linear(2, 3, true).module().state().keySet())
                .containsExactly("bias", "weight_orig", "weight_u", "weight_v");
        assertThat(layers(false).linear(2, 3, true).module().state().keySet()).containsExactly("weight", "bias");
        assertThat(layers(true).linear(2, 3, true).module().parameters().keySet())
                .containsExactly("bias", "weight_orig");
    }

    // ---- batch normalisation

    /** Mean and variance over everything but channels. */
    private static Tensor[] statistics(Tensor x, boolean unbiased) {
        Tensor flat = x.transpose(0, 1).flatten(1, -1);
        Tensor mean = flat.mean(new long[] {1}, false, new ScalarTypeOptional());
        Tensor square = Ops.sum(Ops.square(flat.sub(mean.unsqueeze(1))), false, 1);
        return new Tensor[] {mean, Ops.mul(square, 1.0 / (flat.size(1) - (unbiased ? 1 : 0)))};
    }

    private static Tensor standardised(Tensor x, Tensor mean, Tensor variance) {
        return x.sub(mean.view(1, -1, 1, 1)).div(Ops.add(variance, 1e-4).sqrt().view(1, -1, 1, 1));
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,false", "false,true"})
    void batchNormUsesAndMovesStatisticsAsThePassSays(boolean batch, boolean track) {
        BatchNorm2d norm = layers(false).batchNorm(3);
        Module module = norm.module();
        norm.apply(draws.normal(4, 3, 5, 5), Forward.TRAINING);
        Tensor mean = Ops.cloneOf(of(module, "running_mean"));
        Tensor variance = Ops.cloneOf(of(module, "running_var"));
        Tensor x = Ops.add(Ops.mul(draws.normal(4, 3, 5, 5), 2), 1.0);
        Tensor out = norm.apply(
                x,
                batch
                        ? track ? Forward.training(Forward.Moves.STATISTICS) : Forward.training()
                        : track ? Forward.evaluation(Forward.Moves.STATISTICS) : Forward.evaluation());

        Tensor[] own = statistics(x, false);
        assertClose(out, batch ? standardised(x, own[0], own[1]) : standardised(x, mean, variance), 1e-5);
        boolean moves = batch && track;
        assertThat(Ops.toLongs(of(module, "num_batches_tracked"))).containsExactly(moves ? 2 : 1);
        Tensor unbiased = statistics(x, true)[1];
        Tensor nextMean = moves ? Ops.mul(mean, 0.9).add(own[0], Ops.scalar(0.1)) : mean;
        Tensor nextVariance = moves ? Ops.mul(variance, 0.9).add(unbiased, Ops.scalar(0.1)) : variance;
        assertClose(of(module, "running_mean"), nextMean, 1e-5);
        assertClose(of(module, "running_var"), nextVariance, 1e-5);
    }

    @Test
    void batchNormScalesAndShifts() {
        BatchNorm2d norm = layers(false).batchNorm(2);
        Scope.withoutGrad(() -> {
            of(norm.module(), "weight").copy_(Ops.tensor(new float[] {2, -1}, 2));
            of(norm.module(), "bias").copy_(Ops.tensor(new float[] {0.5f, 3}, 2));
        });
        Tensor x = Ops.ones(Devices.CPU, 1, 2, 1, 1);
        float root = (float) Math.sqrt(1 + 1e-4);
        assertClose(norm.apply(x, FROZEN).flatten(), Ops.tensor(new float[] {2 / root + 0.5f, -1 / root + 3}, 2), 1e-6);
    }

    @Test
    void conditionalBatchNormGainsOnePlusAndShiftsByLinearMaps() {
        ConditionalBatchNorm2d norm = layers(false).conditionalBatchNorm(3, 4);
        assertThat(norm.module().parameters().keySet()).containsExactly("gain.weight", "bias.weight");
        Tensor x = draws.normal(5, 3, 4, 4);
        Tensor condition = draws.normal(5, 4);
        Tensor[] own = statistics(x, false);
        Tensor gain = Ops.add(condition.mm(of(norm.module(), "gain.weight").t()), 1.0);
        Tensor bias = condition.mm(of(norm.module(), "bias.weight").t());
        Tensor expected =
                standardised(x, own[0], own[1]).mul(gain.view(5, 3, 1, 1)).add(bias.view(5, 3, 1, 1));
        assertClose(norm.apply(x, condition, Forward.TRAINING), expected, 1e-5);
    }

    // ---- attention

    @Test
    void attentionStartsAsTheIdentity() {
        SelfAttention2d attention = layers(false).selfAttention(8);
        Tensor x = draws.normal(2, 8, 4, 4);
        assertThat(attention.apply(x, FROZEN).equal(x)).isTrue();
        assertThat(attention.module().parameters().keySet())
                .containsExactly(
                        "sigma",
                        "conv1x1_theta.weight",
                        "conv1x1_phi.weight",
                        "conv1x1_g.weight",
                        "conv1x1_attn.weight");
    }

    @Test
    void attentionReadsPooledValuesBySoftmaxOverPooledKeys() {
        SelfAttention2d attention = layers(false).selfAttention(8);
        Scope.withoutGrad(() -> {
            of(attention.module(), "sigma").add_(Ops.scalar(0.7));
            attention.module().parameters().forEach((name, p) -> {
                if (!name.equals("sigma")) {
                    p.mul_(Ops.scalar(40));
                }
            });
        });
        Tensor x = draws.normal(1, 8, 4, 4);
        assertClose(attention.apply(x, FROZEN), attentionByHand(attention.module(), x), 1e-4);
    }

    /** Position by position, in plain loops over the channels' numbers. */
    private static Tensor attentionByHand(Module module, Tensor x) {
        double[][] queries = mapped(of(module, "conv1x1_theta.weight"), x, false);
        double[][] keys = mapped(of(module, "conv1x1_phi.weight"), x, true);
        double[][] values = mapped(of(module, "conv1x1_g.weight"), x, true);
        int positions = 16;
        int channels = values.length;
        double[] read = new double[channels * positions];
        for (int i = 0; i < positions; i++) {
            double[] share = new double[4];
            double sum = 0;
            for (int j = 0; j < 4; j++) {
                share[j] = Math.exp(queries[0][i] * keys[0][j]);
                sum += share[j];
            }
            for (int c = 0; c < channels; c++) {
                for (int j = 0; j < 4; j++) {
                    read[c * positions + i] += values[c][j] * share[j] / sum;
                }
            }
        }
        Tensor map = Ops.tensor(read, channels, positions).to(ScalarType.Float);
        Tensor out = of(module, "conv1x1_attn.weight").flatten(1, -1).mm(map).view(1, 8, 4, 4);
        return x.add(Ops.mul(out, 0.7));
    }

    /** A pointwise map of a [1, C, 4, 4] tensor by channel and position; pooled to 2x2 by the maximum if asked. */
    private static double[][] mapped(Tensor weight, Tensor x, boolean pooled) {
        Tensor flat = weight.flatten(1, -1).mm(x.view(8, 16));
        int channels = (int) flat.size(0);
        double[] values = Ops.toDoubles(flat);
        double[][] out = new double[channels][pooled ? 4 : 16];
        for (int c = 0; c < channels; c++) {
            Arrays.fill(out[c], Double.NEGATIVE_INFINITY);
            for (int i = 0; i < 16; i++) {
                int at = pooled ? i / 8 * 2 + i % 4 / 2 : i;
                out[c][at] = Math.max(out[c][at], values[c * 16 + i]);
            }
        }
        return out;
    }

    @Test
    void attentionNeedsEightChannels() {
        assertThatThrownBy(() -> layers(false).selfAttention(7))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("8 channels");
    }

    // ---- initialisation

    @ParameterizedTest
    @CsvSource({"12,5,1,1", "5,12,1,1", "6,4,3,3", "40,2,3,3"})
    void orthogonalWeightsHaveOrthonormalRowsOrColumns(long rows, long in, long height, long width) {
        Init init = Init.of(Init.Rule.ORTHO, 9, Devices.CPU);
        Tensor m = init.weight(rows, in, height, width).flatten(1, -1);
        Tensor gram = m.size(0) <= m.size(1) ? m.mm(m.t()) : m.t().mm(m);
        assertClose(gram, torch.eye(gram.size(0), Ops.floats(Devices.CPU)), 1e-5);
    }

    @Test
    void orthogonalMatricesAreNotBiasedTowardsASign() {
        Init init = Init.of(Init.Rule.ORTHO, 9, Devices.CPU);
        int positive = 0;
        for (int i = 0; i < 400; i++) {
            positive += Ops.toDoubles(init.weight(3, 3))[0] > 0 ? 1 : 0;
        }
        // 200 expected, deviation 10
        assertThat(positive).isBetween(150, 250);
    }

    @Test
    void normalWeightsHaveDeviationTwoHundredths() {
        Tensor w = Init.of(Init.Rule.N02, 9, Devices.CPU).weight(200, 100);
        assertThat(w.mean().item_double()).isBetween(-5e-4, 5e-4);
        assertThat(Ops.square(w).mean().sqrt().item_double()).isBetween(0.0196, 0.0204);
    }

    @Test
    void xavierWeightsFillTheIntervalOfFanInAndFanOut() {
        Tensor w = Init.of(Init.Rule.XAVIER, 9, Devices.CPU).weight(20, 30, 3, 3);
        double bound = Math.sqrt(6.0 / ((20 + 30) * 9));
        assertThat(w.abs().max().item_double()).isBetween(0.99 * bound, bound);
        assertThat(Ops.square(w).mean().sqrt().item_double() / (bound / Math.sqrt(3)))
                .isBetween(0.97, 1.03);
    }

    @Test
    void unitVectorsHaveLengthOneAndTheSameSeedGivesTheSameWeights() {
        Init init = Init.of(Init.Rule.ORTHO, 9, Devices.CPU);
        assertThat(init.unitVector(50).norm().item_double()).isBetween(1 - 1e-6, 1 + 1e-6);
        Tensor again = Init.of(Init.Rule.ORTHO, 9, Devices.CPU).unitVector(50);
        assertThat(again.equal(Init.of(Init.Rule.ORTHO, 9, Devices.CPU).unitVector(50)))
                .isTrue();
        assertThat(again.equal(Init.of(Init.Rule.ORTHO, 10, Devices.CPU).unitVector(50)))
                .isFalse();
    }

    // ---- modules

    @Test
    void gradientsAreClearedToUndefined() {
        Linear linear = layers(false).linear(3, 2, true);
        linear.module().requiresGrad(true);
        Ops.backward(linear.apply(draws.normal(2, 3), FROZEN).sum());
        Map<String, Tensor> parameters = linear.module().parameters();
        assertThat(parameters.values()).allMatch(p -> p.grad().defined());
        linear.module().zeroGrad();
        assertThat(parameters.values()).noneMatch(p -> p.grad().defined());
        assertThat(linear.module().parameterCount()).isEqualTo(8);
    }
}
