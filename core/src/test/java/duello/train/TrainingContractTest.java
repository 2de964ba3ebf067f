package duello.train;

import static duello.train.Tiny.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import duello.method.Adversarial;
import duello.method.Hook;
import duello.method.Judged;
import duello.method.Loss;
import duello.method.Method;
import duello.method.Player;
import duello.method.Step;
import duello.method.condition.Contrastive;
import duello.method.regularize.GradientPenalty;
import duello.model.Codes;
import duello.model.LogitHead;
import duello.torch.Ops;
import duello.torch.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What every entry of every shelf promises once it takes part in training, on the smallest networks. */
class TrainingContractTest {
    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicContainer> everyMethod() {
        return Tiny.names(Method.class).stream()
                .map(name -> contract(
                        name, () -> Tiny.plain().with(plain(Method.class, name)).suited()));
    }

    @TestFactory
    Stream<DynamicContainer> everyMethodAmongOthers() {
        return Tiny.names(Method.class).stream().map(TrainingContractTest::amongOthers);
    }

    private static DynamicContainer amongOthers(String name) {
        Method method = plain(Method.class, name);
        List<DynamicTest> tests = new ArrayList<>();
        if (method.conflict(method) == null) {
            tests.add(dynamicTest("stands beside itself", () -> finite(twice(name))));
        }
        // Where the discriminator has no turn there are no main views.
        if (!method.idles(Player.DISCRIMINATOR)) {
            tests.add(dynamicTest("leaves the main views alone wherever it stands", () -> comesAnywhere(method)));
        }
        return dynamicContainer(name, tests);
    }

    private static Tiny twice(String name) {
        return Tiny.plain()
                .with(plain(Method.class, name), plain(Method.class, name))
                .suited();
    }

    @TestFactory
    Stream<DynamicContainer> everyAdversarialLoss() {
        return Tiny.names(Adversarial.class).stream()
                .map(name -> contract(
                        name,
                        () -> Tiny.plain().with(plain(Adversarial.class, name)).suited()));
    }

    @TestFactory
    Stream<DynamicContainer> everyLogitHead() {
        return Tiny.names(LogitHead.class).stream()
                .map(name -> contract(
                        name,
                        () -> Tiny.plain().with(plain(LogitHead.class, name)).suited()));
    }

    @TestFactory
    Stream<DynamicContainer> everyBackbone() {
        return Family.all().map(f -> contract(f.name(), () -> Tiny.plain().with(f.smallest())));
    }

    @TestFactory
    Stream<DynamicContainer> everyBackboneWithCodes() {
        return Family.all().flatMap(f -> f.injections().stream().map(i -> withCodes(f, i)));
    }

    /** Codes have no state, so what depends on it is left to the backbones without them. */
    private static DynamicContainer withCodes(Family family, Codes.Injection injection) {
        Supplier<Tiny> tiny = () -> Tiny.plain().with(family.smallest(true, codes(injection)));
        return dynamicContainer(
                family.name() + " " + injection,
                List.of(
                        dynamicTest("has finite losses", () -> finite(tiny.get())),
                        dynamicTest("moves only its own player", () -> movesOnlyItsPlayer(tiny.get())),
                        dynamicTest("gives the same bits again", () -> sameBits(tiny.get()))));
    }

    private static String codes(Codes.Injection injection) {
        return "codes: {discrete: 2, categories: 3, continuous: 1, injection: "
                + injection.name().toLowerCase(Locale.ROOT) + "}\n";
    }

    private DynamicContainer contract(String name, Supplier<Tiny> tiny) {
        return dynamicContainer(
                name,
                List.of(
                        dynamicTest("has finite losses", () -> finite(tiny.get())),
                        dynamicTest("moves only its own player", () -> movesOnlyItsPlayer(tiny.get())),
                        dynamicTest("gives the same bits again", () -> sameBits(tiny.get())),
                        dynamicTest("goes on after a stop as if there had been none", () -> resumes(tiny.get())),
                        dynamicTest("leaves no native objects behind", () -> leavesNothing(tiny.get()))));
    }

    private static void finite(Tiny tiny) {
        try (Trainer trainer = tiny.trainer()) {
            trainer.iterate();
            assertThat(trainer.losses()).isNotEmpty();
            assertThat(trainer.losses().values()).allMatch(Double::isFinite);
        }
    }

    private static void comesAnywhere(Method method) {
        Method one = new Contrastive(1, 1, 8);
        Method other = new GradientPenalty(1);
        assertThat(mainLogits(method, one, other)).isNotEmpty().isEqualTo(mainLogits(one, other, method));
    }

    /** The logits of the main views in the discriminator's first turn, what own passes see included. */
    private static List<Float> mainLogits(Method... methods) {
        List<Float> logits = new ArrayList<>();
        List<Method> all = new ArrayList<>(List.of(methods));
        all.add(new Hook() {
            @Override
            public void afterBackward(Step s, Loss loss) {
                for (Judged main : List.of(s.onReal(), s.onFake())) {
                    for (float logit : Ops.toFloats(main.logit())) {
                        logits.add(logit);
                    }
                }
            }
        });
        Tiny once = Tiny.plain().with(Tiny.settings(0, 1, new Turns(1, 0, true)));
        try (Trainer trainer = once.with(all.toArray(Method[]::new)).suited().trainer()) {
            trainer.iterate();
        }
        return logits;
    }

    private static void movesOnlyItsPlayer(Tiny tiny) {
        try (Trainer trainer = tiny.trainer()) {
            for (Player player : Player.values()) {
                if (tiny.train().updates().of(player) == 0) {
                    continue;
                }
                Map<String, Tensor> own = trainer.turn(player).parameters().own();
                Map<String, Tensor> others = trainer.turn(player).parameters().others();
                trainer.turn(player.opponent()).parameters().zeroGrad();
                byte[] before = TrainingBits.of(others);
                byte[] ownBefore = TrainingBits.of(own);
                trainer.turn(player).play(0, 0);
                assertThat(TrainingBits.of(others)).isEqualTo(before);
                assertThat(TrainingBits.of(own)).isNotEqualTo(ownBefore);
                assertThat(withGradient(others)).isEmpty();
                assertThat(withGradient(own)).isNotEmpty();
            }
        }
    }

    private static List<String> withGradient(Map<String, Tensor> parameters) {
        return parameters.entrySet().stream()
                .filter(e -> hasGradient(e.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toList());
    }

    private static boolean hasGradient(Tensor t) {
        return t.grad().defined();
    }

    private static void sameBits(Tiny tiny) {
        try (Trainer one = tiny.trainer();
                Trainer two = tiny.trainer()) {
            one.iterate();
            two.iterate();
            assertThat(TrainingBits.of(one)).isEqualTo(TrainingBits.of(two));
        }
    }

    private void resumes(Tiny tiny) throws IOException {
        Path checkpoint = Files.createTempDirectory(folder, "contract").resolve("checkpoint");
        try (Trainer whole = tiny.trainer();
                Trainer resumed = tiny.trainer()) {
            whole.iterate();
            whole.save(checkpoint, Map.of());
            whole.iterate();
            resumed.load(checkpoint);
            resumed.iterate();
            assertThat(TrainingBits.of(resumed)).isEqualTo(TrainingBits.of(whole));
        }
    }

    /** With one turn and one micro batch of each player, which is a third of the others' work, since it takes many iterations. */
    private static void leavesNothing(Tiny tiny) {
        Turns turns = tiny.train().updates();
        Turns once = new Turns(Math.min(1, turns.discriminator()), 1, true);
        try (Trainer trainer = tiny.with(Tiny.settings(0, 1, once)).trainer()) {
            trainer.iterate();
            trainer.iterate();
            System.gc();
            long before = Scope.livePointers();
            for (int i = 0; i < 6; i++) {
                trainer.iterate();
            }
            assertThat(Scope.livePointers()).isLessThanOrEqualTo(before);
        }
    }
}
