package duello.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duello.catalog.Failure;
import duello.data.AbsentDataset;
import duello.data.Dataset;
import duello.dist.Collective;
import duello.io.Golden;
import duello.io.NdArray;
import duello.io.PthReader;
import duello.io.SafeTensors;
import duello.method.Method;
import duello.method.Player;
import duello.method.Stateful;
import duello.method.Table;
import duello.method.adversarial.Hinge;
import duello.method.augment.Ada;
import duello.method.augment.AdaSet;
import duello.method.augment.Apa;
import duello.method.condition.Contrastive;
import duello.method.condition.PlainLogit;
import duello.method.condition.Projection;
import duello.method.regularize.LeCam;
import duello.method.regularize.TopK;
import duello.model.Activation;
import duello.model.Backbone;
import duello.model.BigResNet;
import duello.model.LogitHead;
import duello.model.NetworkSettings;
import duello.model.Prior;
import duello.model.ResNet;
import duello.model.Weights;
import duello.torch.Init;
import duello.torch.Module;
import duello.torch.Scope;
import duello.torch.States;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints that the published implementation wrote arrive whole. */
class StudioGanImportTest {
    private static final Path BIG = Golden.folder().resolve("bigresnet32_cbn_2c_sn_attn");
    private static final Path SMALL = Golden.folder().resolve("resnet32_cbn_pd_dsn");

    private static BigResNet big(boolean spectral, int attention, int latent) {
        NetworkSettings g = new NetworkSettings(8, spectral, List.of(attention), Activation.RELU, Init.Rule.ORTHO);
        NetworkSettings d = new NetworkSettings(8, true, List.of(1), Activation.RELU, Init.Rule.ORTHO);
        return new BigResNet(g, d, latent, 12, Prior.GAUSSIAN, true, null);
    }

    private static Trainer bigTrainer(BigResNet networks, int classes) {
        return trainer(networks, new PlainLogit(), List.of(new Contrastive(1, 1, 24)), Tiny.settings(0), classes);
    }

    private static Trainer smallTrainer() {
        ResNet networks = new ResNet(
                new NetworkSettings(8, false, List.of(), Activation.RELU, Init.Rule.ORTHO),
                new NetworkSettings(12, true, List.of(), Activation.RELU, Init.Rule.ORTHO),
                24,
                Prior.GAUSSIAN,
                true,
                null);
        TrainSettings s = Tiny.settings(0);
        AdamSettings faster = new AdamSettings(1e-3, 0.5, 0.999, 1e-6, 0);
        TrainSettings unaveraged = new TrainSettings(
                s.steps(),
                s.batch(),
                s.accumulate(),
                s.updates(),
                s.generator(),
                faster,
                null,
                s.flip(),
                s.replacement(),
                s.precision(),
                s.processes(),
                s.device(),
                s.seed());
        return trainer(networks, new Projection(), List.of(), unaveraged, 10);
    }

    private static Trainer trainer(
            Backbone networks, LogitHead logit, List<Method> methods, TrainSettings train, int classes) {
        Dataset images = new AbsentDataset(32, Collections.nCopies(classes, "c"));
        return new Trainer(new Setup(
                new Setup.Players(networks, logit),
                new Hinge(),
                methods,
                train,
                new Table.Data(images, () -> images),
                Collective.LOCAL));
    }

    private static StudioGanImport source(Path fixture) {
        return StudioGanImport.read(StudioGanFiles.in(fixture, null));
    }

    private static void assertHolds(Module module, Path file) {
        Map<String, NdArray> expected = SafeTensors.read(file).tensors();
        assertThat(Weights.arrays(module.state())).isEqualTo(expected);
    }

    @Test
    void weights_and_counters_are_those_of_the_files() {
        try (Scope scope = Scope.open();
                Trainer trainer = bigTrainer(big(true, 2, 20), 10)) {
            StudioGanImport source = source(BIG);
            assertThat(source.into(trainer)).isEmpty();
            assertHolds(trainer.table().generator().module(), BIG.resolve("G.safetensors"));
            assertHolds(trainer.table().average().module(), BIG.resolve("G_ema.safetensors"));
            assertHolds(trainer.table().discriminator().module(), BIG.resolve("D.safetensors"));
            assertThat(trainer.step()).isEqualTo(3);
            assertThat(source.settings()).containsExactly("train.seed=104");
            assertThat(source.best()).containsEntry("best_fid", 123.456).containsEntry("best_step", 3.0);
        }
    }

    @Test
    void moments_find_their_parameters_whichever_way_steps_are_counted() {
        try (Scope scope = Scope.open();
                Trainer big = bigTrainer(big(true, 2, 20), 10);
                Trainer small = smallTrainer()) {
            source(BIG).into(big);
            source(SMALL).into(small);
            for (Player player : Player.values()) {
                assertMoments(big, player, BIG);
                assertMoments(small, player, SMALL);
            }
        }
    }

    /** The file counts parameters in the order of the network's state dict. */
    private static void assertMoments(Trainer trainer, Player player, Path fixture) {
        Module module = player == Player.GENERATOR
                ? trainer.table().generator().module()
                : trainer.table().discriminator().module();
        String letter = player == Player.GENERATOR ? "G" : "D";
        Map<?, ?> file = PthReader.readMap(fixture.resolve("model=" + letter + "-current-weights-step=3.pth"));
        Map<?, ?> moments = map(map(file.get("optimizer")).get("state"));
        Map<String, Tensor> state = trainer.turn(player).optimizer().state();
        List<String> names = new ArrayList<>(module.parameters().keySet());
        assertThat(names).hasSizeGreaterThan(10);
        for (int i = 0; i < names.size(); i++) {
            Map<?, ?> saved = map(moments.get(i));
            for (String what : List.of("exp_avg", "exp_avg_sq")) {
                assertThat(Weights.array(States.required(state, names.get(i) + "." + what)))
                        .as(names.get(i))
                        .isEqualTo(saved.get(what));
            }
            assertThat(Weights.array(States.required(state, names.get(i) + ".step"))
                            .toLongs())
                    .containsExactly(3);
        }
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return (Map<?, ?>) Objects.requireNonNull(value);
    }

    @Test
    void what_its_methods_remember_goes_to_those_of_the_recipe(@TempDir Path folder) {
        Remembered.of(BIG).topK(16).probability("aa_p", 0.125).leCam(-0.75, 1.5).write(folder);
        List<Method> methods = List.of(
                new Contrastive(1, 1, 24),
                new LeCam(0.3, 1000, 0.99),
                new Ada(AdaSet.BGC, 0, 0.6, 500, 4),
                new Apa(0, 0.6, 500, 4),
                new TopK(0.99, 0.5));
        try (Scope scope = Scope.open();
                Trainer trainer = trainer(big(true, 2, 20), new PlainLogit(), methods, Tiny.settings(0), 10)) {
            assertThat(source(folder).into(trainer)).isEmpty();
            Map<String, Double> state = new LinkedHashMap<>();
            trainer.roles()
                    .state()
                    .forEach((name, t) -> state.put(name.replaceFirst("[0-9]+\\.[^.]*", ""), t.item_double()));
            assertThat(state)
                    .containsEntry(".real", -0.75)
                    .containsEntry(".fake", 1.5)
                    .containsEntry(".begun", 1.0)
                    .containsEntry(".remembered", 16.0);
            assertThat(probabilities(trainer)).containsExactly(0.125, 0.125);
        }
    }

    private static List<Double> probabilities(Trainer trainer) {
        return trainer.roles().state().entrySet().stream()
                .filter(e -> e.getKey().endsWith(".p"))
                .map(e -> e.getValue().item_double())
                .toList();
    }

    @Test
    void older_files_call_the_probability_otherwise(@TempDir Path folder) {
        Remembered.of(BIG).probability("ada_p", 0.5).write(folder);
        try (Scope scope = Scope.open();
                Trainer trainer = trainer(
                        big(true, 2, 20),
                        new PlainLogit(),
                        List.of(new Contrastive(1, 1, 24), new Ada(AdaSet.BGC, 0, 0.6, 500, 4)),
                        Tiny.settings(0),
                        10)) {
            assertThat(source(folder).into(trainer)).isEmpty();
            assertThat(probabilities(trainer)).containsExactly(0.5);
        }
    }

    @Test
    void what_no_method_of_the_recipe_takes_over_is_told(@TempDir Path folder) {
        Remembered.of(BIG).topK(3).probability("aa_p", 0.125).leCam(-0.75, 1.5).write(folder);
        try (Scope scope = Scope.open();
                Trainer trainer = bigTrainer(big(true, 2, 20), 10)) {
            assertThat(source(folder).into(trainer))
                    .singleElement()
                    .asString()
                    .contains("topk=3.0", "aa_p=0.125", "lecam_emas.D_real=-0.75", "lecam_emas.D_fake=1.5");
        }
    }

    @Test
    void numbers_may_be_tensors_without_axes() {
        Path file = Golden.folder().resolve("deepstudio32_cbn_d2dce_sn_attn/model=D-best-weights-step=3.pth");
        assertThat(StudioGanPart.read(file).numbers()).containsEntry("aa_p", 0.125);
    }

    @Test
    void top_k_goes_on_from_the_epoch_in_which_k_was_what_it_is() {
        TopK settings = new TopK(0.9, 0.5);
        try (Scope scope = Scope.open();
                Trainer trainer = Tiny.plain().with(settings).trainer()) {
            trainer.roles().all().forEach(m -> {
                if (m instanceof Stateful s) {
                    s.takeOver(Map.of("topk", settings.k(4, 3)));
                }
            });
            trainer.iterate();
            assertThat(trainer.losses()).containsEntry("top_k.k", 2.0);
            Map<String, Long> state = new LinkedHashMap<>();
            trainer.roles().state().forEach((name, t) -> state.put(name.replaceFirst(".*\\.", ""), t.item_long()));
            // Three epochs of 40 images, and an iteration of two updates of two micro batches of 4.
            assertThat(state).containsEntry("images", 3L * 40 + 16).containsEntry("remembered", 0L);
        }
    }

    @Test
    void an_optimiser_of_other_settings_is_told() {
        try (Trainer trainer = smallTrainer()) {
            assertThat(source(SMALL).into(trainer))
                    .singleElement()
                    .asString()
                    .contains("discriminator", "lr 2.0E-4 (recipe 0.001)");
        }
    }

    @Test
    void the_number_of_classes_shows_in_the_shapes() {
        assertThat(source(BIG).classes(k -> bigTrainer(big(true, 2, 20), k))).isEqualTo(OptionalInt.of(10));
    }

    @Test
    void a_recipe_without_spectral_normalisation_is_named_as_the_cause() {
        assertRefused(
                big(false, 2, 20), 10, "model.generator.spectral_norm=true", "linear0.weight_orig", "linear0.weight,");
    }

    @Test
    void attention_that_stands_elsewhere_is_named_as_the_cause() {
        assertRefused(big(true, 1, 20), 10, "model.generator.attention", "conv1x1_theta");
    }

    @Test
    void another_latent_is_named_as_the_cause_with_both_shapes() {
        assertRefused(big(true, 2, 24), 10, "model.latent", "linear0.weight_orig [512, 5] instead of [512, 6]");
    }

    @Test
    void another_number_of_classes_is_named_as_the_cause() {
        assertRefused(
                big(true, 2, 20),
                7,
                "number of classes",
                "shared.weight [10, 12] instead of [7, 12]",
                "embedding.weight_orig [10, 24] instead of [7, 24]");
    }

    private static void assertRefused(BigResNet networks, int classes, String... said) {
        try (Scope scope = Scope.open();
                Trainer trainer = bigTrainer(networks, classes)) {
            Map<String, NdArray> before =
                    Weights.arrays(trainer.table().discriminator().module().state());
            assertThatThrownBy(() -> source(BIG).into(trainer))
                    .isInstanceOf(Failure.class)
                    .hasMessageContainingAll(said);
            assertThat(Weights.arrays(trainer.table().discriminator().module().state()))
                    .as("nothing is changed")
                    .isEqualTo(before);
        }
    }
}
