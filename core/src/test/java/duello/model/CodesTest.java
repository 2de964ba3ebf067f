package duello.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duello.torch.Devices;
import duello.torch.Forward;
import duello.torch.Init;
import duello.torch.Ops;
import duello.torch.Scope;
import duello.torch.SeededDraws;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Offset;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Codes stand at the end of every latent and steer every family's generator. */
class CodesTest {
    private static final int CLASSES = 12;
    private static final int LATENT = 12;
    private static final ImageDomain DOMAIN = new ImageDomain(16, CLASSES);

    private static NetworkSettings parts() {
        return new NetworkSettings(4, false, List.of(), Activation.RELU, Init.Rule.ORTHO);
    }

    /** The families, each with a latent of {@link #LATENT}. */
    private enum Family {
        DEEP_CONV("") {
            @Override
            Backbone networks(boolean conditional, @Nullable Codes codes) {
                return new DeepConv(parts(), parts(), LATENT, Prior.GAUSSIAN, conditional, codes);
            }
        },
        RESNET("") {
            @Override
            Backbone networks(boolean conditional, @Nullable Codes codes) {
                return new ResNet(parts(), parts(), LATENT, Prior.GAUSSIAN, conditional, codes);
            }
        },
        BIG_RESNET("shared.weight") {
            @Override
            Backbone networks(boolean conditional, @Nullable Codes codes) {
                return new BigResNet(parts(), parts(), LATENT, 5, Prior.GAUSSIAN, conditional, codes);
            }
        },
        LEGACY("shared.weight") {
            @Override
            Backbone networks(boolean conditional, @Nullable Codes codes) {
                return deep(BottleneckForm.LEGACY, conditional, codes);
            }
        },
        STUDIOGAN("shared.weight") {
            @Override
            Backbone networks(boolean conditional, @Nullable Codes codes) {
                return deep(BottleneckForm.STUDIOGAN, conditional, codes);
            }
        };

        private final String embedding;

        Family(String embedding) {
            this.embedding = embedding;
        }

        abstract Backbone networks(boolean conditional, @Nullable Codes codes);

        private static Backbone deep(BottleneckForm form, boolean conditional, @Nullable Codes codes) {
            BigResNetDeep.Depth depth = new BigResNetDeep.Depth(2, 2);
            return new BigResNetDeep(parts(), parts(), form, depth, LATENT, 5, Prior.GAUSSIAN, conditional, codes);
        }

        Generator generator(boolean conditional, @Nullable Codes codes) {
            return networks(conditional, codes).generator(DOMAIN, 1, Devices.CPU);
        }
    }

    private static Tensor latents(Generator g, long count) {
        return g.space().draw(new SeededDraws(5, Devices.CPU), count);
    }

    @Test
    void latentsEndWithOneHotCategoriesAndThenUniformCodes() {
        try (Scope scope = Scope.open()) {
            Codes codes = new Codes(3, 4, 2, Codes.Injection.CONCAT);
            Generator g = Family.RESNET.generator(true, codes);
            Tensor z = latents(g, 500);
            assertThat(g.space().size()).isEqualTo(LATENT + 14);
            assertThat(Ops.shape(z)).containsExactly(500, LATENT + 14);
            Tensor oneHot = Ops.slice(z, 1, LATENT, LATENT + 12).reshape(500, 3, 4);
            assertThat(Ops.toFloats(Ops.sum(oneHot, false, 2))).containsOnly(1f);
            assertThat(Ops.toFloats(Ops.oneHot(codes.categoriesOf(z), 4))).isEqualTo(Ops.toFloats(oneHot));
            assertThat(Ops.toLongs(codes.categoriesOf(z))).contains(0, 1, 2, 3);
            double[] continuous = Ops.toDoubles(codes.continuousOf(z));
            assertThat(DoubleStream.of(continuous).summaryStatistics())
                    .returns(1000L, DoubleSummaryStatistics::getCount)
                    .matches(s -> s.getMin() >= -1 && s.getMin() < -0.98, "reaches down to -1")
                    .matches(s -> s.getMax() > 0.98 && s.getMax() < 1, "reaches up to 1");
            assertThat(continuous).isEqualTo(Ops.toDoubles(Ops.slice(z, 1, LATENT + 12, LATENT + 14)));
        }
    }

    @Test
    void codesLeaveTheDrawsOfTheLatentAsTheyAre() {
        try (Scope scope = Scope.open()) {
            Tensor plain = latents(Family.RESNET.generator(true, null), 7);
            Tensor coded = latents(Family.RESNET.generator(true, new Codes(1, 3, 1, Codes.Injection.CBN)), 7);
            assertThat(Ops.toFloats(Ops.slice(coded, 1, 0, LATENT))).isEqualTo(Ops.toFloats(plain));
        }
    }

    @ParameterizedTest
    @EnumSource
    void concatenatedCodesAreMixedIntoTheLatent(Family family) {
        try (Scope scope = Scope.open()) {
            Generator coded = family.generator(true, new Codes(2, 3, 1, Codes.Injection.CONCAT));
            Map<String, Tensor> state = new LinkedHashMap<>(coded.module().state());
            Tensor weight = taken(state, "info_mix_linear.weight");
            Tensor bias = taken(state, "info_mix_linear.bias").fill_(Ops.scalar(0.3));
            Generator plain = family.generator(true, null);
            plain.module().load(state, "the other");
            Tensor z = latents(coded, 4);
            assertSameImages(coded, z, plain, z.mm(weight.t()).add(bias));
        }
    }

    /** With a linear map that makes of a code's category what the class embedding makes of a label. */
    @ParameterizedTest
    @EnumSource
    void codesThatAreAConditionDoWhatLabelsDo(Family family) {
        try (Scope scope = Scope.open()) {
            Generator labelled = family.generator(true, null);
            Generator coded = family.generator(false, new Codes(1, CLASSES, 0, Codes.Injection.CBN));
            Map<String, Tensor> state = new LinkedHashMap<>(labelled.module().state());
            Tensor rows = family.embedding.isEmpty()
                    ? torch.eye(CLASSES, Ops.floats(Devices.CPU))
                    : taken(state, family.embedding);
            state.put("info_proj_linear.weight", rows.t());
            state.put("info_proj_linear.bias", Ops.zeros(Devices.CPU, rows.size(1)));
            coded.module().load(state, "the other");
            Tensor z = latents(labelled, 4);
            assertSameImages(labelled, z, coded, Ops.cat(1, z, Ops.oneHot(labels(), CLASSES)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void codesStandBeforeTheLabelInACondition(Family family) {
        try (Scope scope = Scope.open()) {
            Generator plain = family.generator(true, null);
            Generator coded = family.generator(true, new Codes(0, 2, 1, Codes.Injection.CBN));
            Map<String, Tensor> state = new LinkedHashMap<>(coded.module().state());
            taken(state, "info_proj_linear.weight").zero_();
            long width = taken(state, "info_proj_linear.bias").zero_().size(0);
            plain.module()
                    .state()
                    .forEach((key, t) -> state.computeIfPresent(key, (k, wide) -> behind(wide, t, width)));
            plain.module().load(state, "the other");
            Tensor z = latents(coded, 4);
            assertSameImages(coded, z, plain, Ops.slice(z, 1, 0, LATENT));
        }
    }

    /** The columns behind the first {@code width} where a map is wider by as much. */
    private static Tensor behind(Tensor wide, Tensor narrow, long width) {
        boolean wider = wide.dim() == 2 && wide.size(1) == narrow.size(1) + width;
        return wider ? Ops.slice(wide, 1, width, wide.size(1)) : wide;
    }

    private static Tensor taken(Map<String, Tensor> state, String key) {
        return Objects.requireNonNull(state.remove(key), key);
    }

    private static Tensor labels() {
        return Ops.tensor(new long[] {0, 7, 11, 3}, 4);
    }

    private static void assertSameImages(Generator one, Tensor z1, Generator two, Tensor z2) {
        double[] a = Ops.toDoubles(one.images(new Latent(z1, labels()), Forward.TRACELESS));
        double[] b = Ops.toDoubles(two.images(new Latent(z2, labels()), Forward.TRACELESS));
        assertThat(a).hasSize(4 * 3 * 16 * 16);
        for (int i = 0; i < a.length; i++) {
            assertThat(a[i]).isCloseTo(b[i], Offset.offset(1e-5));
        }
    }

    @Test
    void codesOfNoWidthAreRefused() {
        assertThatThrownBy(() -> new Codes(0, 10, 0, Codes.Injection.CONCAT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("above 0");
    }
}
