package duello.train;

import static duello.train.Tiny.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import duello.catalog.Entry;
import duello.method.Method;
import duello.method.condition.ClassObjectives;
import duello.method.condition.ConditioningMethods;
import duello.method.condition.LogitHeads;
import duello.model.Backbone;
import duello.model.LogitHead;
import duello.torch.Devices;
import duello.torch.Ops;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every way of conditioning a discriminator works on every backbone, with spectral normalisation and with batch norm. */
class ConditioningContractTest {
    @TestFactory
    Stream<DynamicContainer> everyConditioningOnEveryBackbone() {
        return Family.all()
                .flatMap(family -> Stream.of(true, false)
                        .map(spectral -> dynamicContainer(
                                family.name() + (spectral ? " with spectral norm" : " with batch norm"),
                                tests(family, spectral))));
    }

    private static List<DynamicTest> tests(Family family, boolean spectral) {
        List<DynamicTest> tests = new ArrayList<>();
        conditionings()
                .forEach((name, conditioned) -> tests.add(
                        dynamicTest(name, () -> everyHeadLearns(conditioned.apply(unconditioned(family, spectral))))));
        return tests;
    }

    private static Map<String, UnaryOperator<Tiny>> conditionings() {
        Map<String, UnaryOperator<Tiny>> all = new LinkedHashMap<>();
        LogitHeads.ENTRIES.forEach(e -> all.put(
                "logit " + e.name(),
                tiny -> tiny.with(plain(LogitHead.class, e.name())).suited()));
        Stream.<List<? extends Entry<?>>>of(ClassObjectives.ENTRIES, ConditioningMethods.ENTRIES)
                .flatMap(List::stream)
                .forEach(e -> all.put(e.name(), tiny -> tiny.with(plain(Method.class, e.name()))));
        return all;
    }

    private static Tiny unconditioned(Family family, boolean spectral) {
        Backbone backbone = family.smallest(spectral, "codes: {discrete: 1, categories: 3, continuous: 1}\n");
        return Tiny.plain().with(backbone).with(Tiny.settings(0, 1, new Turns(1, 1, true)));
    }

    private static void everyHeadLearns(Tiny tiny) {
        try (Trainer trainer = tiny.trainer()) {
            trainer.iterate();
            assertThat(trainer.losses().values()).allMatch(Double::isFinite);
            Set<String> trunk = tiny.backbone()
                    .discriminator(trainer.table().domain(), 0, Devices.CPU)
                    .module()
                    .parameters()
                    .keySet();
            Map<String, Tensor> heads =
                    new LinkedHashMap<>(trainer.table().discriminator().module().parameters());
            heads.keySet().removeAll(trunk);
            assertThat(heads).isNotEmpty();
            heads.forEach((name, p) -> assertThat(learns(name, p)).as(name).isTrue());
        }
    }

    /** Under the hinge loss the gradient of the logit's bias is 0 while every image counts. */
    private static boolean learns(String name, Tensor parameter) {
        Tensor gradient = parameter.grad();
        return gradient.defined()
                && (name.endsWith(".bias") || Ops.toDoubles(gradient.abs().sum())[0] > 0);
    }
}
