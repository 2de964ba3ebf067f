package duello.train;

import static duello.train.Watch.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duello.catalog.Failure;
import duello.method.Freeze;
import duello.method.Method;
import duello.method.Player;
import duello.method.Table;
import duello.method.regularize.FreezeD;
import duello.method.regularize.WeightClipping;
import duello.model.Backbone;
import duello.torch.States;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameters of the discriminator that are clipped, or do not learn at all. */
class HeldWeightsTest {
    @Test
    void clippedWeightsStayInBoundsAndOthersAreLeftAlone() {
        Method lender = new Method() {
            @Override
            public Method build(Table table) {
                table.discriminator().site().forGenerator().linear("lent", 3, true);
                return this;
            }
        };
        try (Trainer trainer = Tiny.once()
                .with(new WeightClipping(0.01), new FreezeD(1, FreezeD.Match.INDEX), lender)
                .trainer()) {
            Map<String, Tensor> all = trainer.table().discriminator().module().parameters();
            Map<String, List<Double>> before = copies(all);
            assertThat(largest(values(States.required(all, "lent.weight_orig"))))
                    .isGreaterThan(0.01);
            trainer.turn(Player.DISCRIMINATOR).play(0, 0);
            copies(all).forEach((name, after) -> {
                if (name.startsWith("lent.") || name.startsWith("blocks.0.")) {
                    assertThat(after).as(name).isEqualTo(before.get(name));
                } else {
                    assertThat(largest(after)).as(name).isLessThanOrEqualTo(0.01f);
                }
            });
        }
    }

    @Test
    void frozenBlocksStayAndTheOthersLearn() {
        try (Trainer trainer =
                Tiny.once().with(new FreezeD(2, FreezeD.Match.INDEX)).trainer()) {
            Map<String, Tensor> all = trainer.table().discriminator().module().parameters();
            Map<String, List<Double>> before = copies(all);
            trainer.turn(Player.DISCRIMINATOR).play(0, 0);
            all.forEach((name, p) -> {
                boolean frozen = name.startsWith("blocks.0.") || name.startsWith("blocks.1.");
                assertThat(p.grad().defined()).as(name).isEqualTo(!frozen);
                assertThat(values(p).equals(before.get(name)))
                        .as(name)
                        .isEqualTo(frozen || largest(values(p.grad())) == 0);
            });
            assertThat(before.keySet()).anyMatch(name -> name.startsWith("blocks.2."));
            trainer.turn(Player.GENERATOR).play(0, 0);
            assertThat(trainer.table().generator().module().parameters().values())
                    .anyMatch(p -> largest(values(p.grad())) > 0);
        }
    }

    private static double largest(List<Double> values) {
        return values.stream().mapToDouble(Math::abs).max().orElseThrow();
    }

    private static Map<String, List<Double>> copies(Map<String, Tensor> tensors) {
        Map<String, List<Double>> copies = new LinkedHashMap<>();
        tensors.forEach((name, t) -> copies.put(name, values(t)));
        return copies;
    }

    @Test
    void aBlockIsFrozenByItsWholeNumberUnlessAskedOtherwise() {
        String deep =
                "{type: big_resnet_deep, generator: {width: 4}, discriminator: {width: 4}, depth: {discriminator: 6}}";
        try (Trainer trainer = Tiny.once().with(Tiny.read(Backbone.class, deep)).trainer()) {
            Freeze whole = freeze(new FreezeD(2, FreezeD.Match.INDEX), trainer);
            Freeze substring = freeze(new FreezeD(2, FreezeD.Match.SUBSTRING), trainer);
            for (String block : List.of("0", "1")) {
                String name = parameter(trainer, "blocks." + block + ".");
                assertThat(whole.frozen(Player.DISCRIMINATOR, name, 0)).isTrue();
                assertThat(substring.frozen(Player.DISCRIMINATOR, name, 0)).isTrue();
                assertThat(whole.frozen(Player.GENERATOR, name, 0)).isFalse();
            }
            String tenth = parameter(trainer, "blocks.10.");
            assertThat(whole.frozen(Player.DISCRIMINATOR, tenth, 0)).isFalse();
            assertThat(substring.frozen(Player.DISCRIMINATOR, tenth, 0)).isTrue();
            assertThat(substring.frozen(Player.DISCRIMINATOR, parameter(trainer, "linear1."), 0))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deshuffle_dcgan | {width: 8, attention: [1]} | main.Start- / main.Attention [1]",
                "deshuffle_sngan | {width: 8, attention: [1]} | main.ResBlock_0. / main.Attention_0.",
                "deep_conv | {width: 8, attention: [1]} | blocks.0. / blocks.1.",
                "stylegan2 | {channel_base: 64, channel_max: 6} | b16.",
            })
    void everyFamilyCountsItsBlocksFromTheImage(String family, String discriminator, String frozen) {
        String model = "{type: %s, discriminator: %s}".formatted(family, discriminator);
        List<String> beginnings = List.of(frozen.split(" / "));
        try (Trainer trainer = Tiny.once()
                .with(Tiny.read(Backbone.class, model))
                .with(new FreezeD(2, FreezeD.Match.INDEX))
                .trainer()) {
            trainer.turn(Player.DISCRIMINATOR).play(0, 0);
            Map<String, Tensor> all = trainer.table().discriminator().module().parameters();
            all.forEach((name, p) -> assertThat(p.grad().defined())
                    .as(name)
                    .isEqualTo(beginnings.stream().noneMatch(name::startsWith)));
            beginnings.forEach(b -> assertThat(parameter(trainer, b)).startsWith(b));
        }
    }

    private static Freeze freeze(FreezeD entry, Trainer trainer) {
        return (Freeze) entry.build(trainer.table());
    }

    private static String parameter(Trainer trainer, String beginning) {
        return trainer.table().discriminator().module().parameters().keySet().stream()
                .filter(name -> name.startsWith(beginning))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void moreFrozenBlocksThanThereAreAreRefused() {
        Tiny tiny = Tiny.once().with(new FreezeD(90, FreezeD.Match.INDEX));
        assertThatThrownBy(tiny::trainer)
                .isInstanceOf(Failure.class)
                .hasMessageMatching("freeze_d.blocks is 90, but this discriminator has \\d+ blocks; .*");
    }
}
