package duello.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duello.catalog.Failure;
import duello.data.AbsentDataset;
import duello.dist.Collective;
import duello.io.Golden;
import duello.io.NdArray;
import duello.io.PthReader;
import duello.io.PthWriter;
import duello.method.Player;
import duello.model.Latent;
import duello.model.StyleGan2;
import duello.model.Weights;
import duello.recipe.Experiment;
import duello.recipe.RecipeReader;
import duello.torch.Devices;
import duello.torch.Forward;
import duello.torch.Ops;
import duello.torch.Scope;
import duello.torch.SeededDraws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trainer filled from a checkpoint in rosinality's layout stands where that program stood. */
class RosinalityImportTest {
    private static final Path FIXTURE = Golden.resource("rosinality_stylegan2_64");
    private static final Path CONVERTED = FIXTURE.resolve("converted-legacy-serialization.pt");

    @TempDir
    Path folder;

    private static Experiment experiment(RosinalityImport source) {
        List<String> settings = new ArrayList<>(source.settings());
        settings.add("train.device=cpu");
        return RecipeReader.standard().read("base/rosinality", settings);
    }

    private static Trainer trainer(RosinalityImport source) {
        Experiment e = experiment(source);
        AbsentDataset images = new AbsentDataset(e.data().resolution(), List.of("0"));
        return new Trainer(e.setup(images, Collective.LOCAL));
    }

    private static Map<String, Object> content() {
        Map<String, Object> content = new LinkedHashMap<>();
        PthReader.readMap(CONVERTED).forEach((key, value) -> content.put(String.valueOf(key), value));
        return content;
    }

    private RosinalityImport source(Map<String, Object> content) {
        Path file = folder.resolve("000007.pt");
        PthWriter.write(file, content);
        return RosinalityImport.read(file);
    }

    /** Moments of every parameter in the order of the file, filled with its number, and with a half more. */
    private static Map<String, Object> optimizer(Map<String, Object> content, String network, double... betas) {
        Map<String, NdArray> weights = PthReader.stateDict(content.get(network), network);
        Map<Integer, Object> state = new LinkedHashMap<>();
        weights.forEach((key, weight) -> {
            if (!key.endsWith(".kernel") && !key.startsWith("noises.")) {
                int number = state.size();
                state.put(
                        number,
                        Map.of(
                                "step",
                                3,
                                "exp_avg",
                                filled(number, weight),
                                "exp_avg_sq",
                                filled(number + 0.5f, weight)));
            }
        });
        List<Integer> numbers = IntStream.range(0, state.size()).boxed().toList();
        Map<String, Object> group = Map.of("params", numbers, "lr", 0.0016, "betas", List.of(betas[0], betas[1]));
        return Map.of("state", state, "param_groups", List.of(group));
    }

    private static NdArray filled(float value, NdArray like) {
        float[] values = new float[like.size()];
        Arrays.fill(values, value);
        return NdArray.of(values, like.shape());
    }

    private static void assertMoment(Trainer trainer, Player player, String name, double value, long... shape) {
        Map<String, Tensor> state = trainer.turn(player).optimizer().state();
        Tensor mean = Objects.requireNonNull(state.get(name + ".exp_avg"), name);
        assertThat(Ops.shape(mean)).as(name).containsExactly(shape);
        assertThat(Ops.toDoubles(mean)).as(name).containsOnly(value);
        assertThat(Ops.toDoubles(Objects.requireNonNull(state.get(name + ".exp_avg_sq"))))
                .as(name)
                .containsOnly(value + 0.5);
        assertThat(Ops.toLongs(Objects.requireNonNull(state.get(name + ".step"))))
                .containsExactly(3);
    }

    @Test
    void moments_go_to_the_parameters_that_they_are_of() {
        Map<String, Object> content = content();
        content.put("g_optim", optimizer(content, "g", 0, Math.pow(0.99, 0.8)));
        content.put("d_optim", optimizer(content, "d", 0.5, 0.99));
        RosinalityImport source = source(content);
        try (Scope scope = Scope.open();
                Trainer trainer = trainer(source)) {
            List<String> notes = source.into(trainer);
            assertThat(notes).hasSize(1);
            assertThat(notes.get(0)).contains("the discriminator was trained with other settings", "betas [0.5, 0.99]");
            assertMoment(trainer, Player.GENERATOR, "mapping.fc7.bias", 15, 24);
            assertMoment(trainer, Player.GENERATOR, "synthesis.b4.const", 16, 16, 4, 4);
            assertMoment(trainer, Player.GENERATOR, "synthesis.b4.conv1.weight", 17, 16, 16, 3, 3);
            assertMoment(trainer, Player.GENERATOR, "synthesis.b4.conv1.noise_strength", 20);
            assertMoment(trainer, Player.GENERATOR, "synthesis.b4.torgb.bias", 22, 3);
            assertMoment(trainer, Player.DISCRIMINATOR, "b64.fromrgb.weight", 0, 8, 3, 1, 1);
            assertMoment(trainer, Player.DISCRIMINATOR, "b64.skip.weight", 6, 16, 8, 1, 1);
            assertThat(trainer.step()).isEqualTo(7);
        }
    }

    @Test
    void weights_are_those_of_the_file_and_the_sizes_those_of_its_shapes() {
        RosinalityImport source = RosinalityImport.read(CONVERTED);
        StyleGan2 model = (StyleGan2) experiment(source).model();
        assertThat(model.generator()).isEqualTo(new StyleGan2.SynthesisSettings(512, 16, StyleGan2.Architecture.SKIP));
        assertThat(model.mapping()).isEqualTo(new StyleGan2.MappingSettings(24, 8, 0.01));
        assertThat(model.latent()).isEqualTo(24);
        RosinalityCheckpoint expected = RosinalityCheckpoint.read(CONVERTED);
        try (Scope scope = Scope.open();
                Trainer trainer = trainer(source)) {
            assertThat(source.into(trainer)).hasSize(2).allMatch(note -> note.contains("starts afresh"));
            assertThat(Weights.arrays(trainer.table().generator().module().state()))
                    .isEqualTo(expected.generator());
            assertThat(Weights.arrays(trainer.table().average().module().state()))
                    .isEqualTo(expected.average());
            assertThat(Weights.arrays(trainer.table().discriminator().module().state()))
                    .isEqualTo(expected.discriminator());
        }
    }

    @Test
    void its_average_forgets_as_theirs_does() {
        AverageSettings average = Objects.requireNonNull(
                experiment(RosinalityImport.read(CONVERTED)).train().average());
        assertThat(Objects.requireNonNull(average.halfLife()).decay(1, 32)).isEqualTo(Math.pow(0.5, 32.0 / 10000));
    }

    @Test
    void the_middle_of_w_is_taken_where_the_file_does_not_tell_it() {
        Map<String, Object> content = content();
        content.remove("latent_avg");
        RosinalityImport source = source(content);
        try (Scope scope = Scope.open();
                Trainer trainer = trainer(source)) {
            assertThat(source.into(trainer)).anyMatch(note -> note.contains("'latent_avg'"));
            var average = trainer.table().average();
            double[] center = Ops.toDoubles(Objects.requireNonNull(average.center()));
            assertThat(Ops.toDoubles(
                            Objects.requireNonNull(trainer.table().generator().center())))
                    .isEqualTo(center);
            Tensor z = average.space().draw(new SeededDraws(5, Devices.CPU), 4096);
            Latent latent = new Latent(z, Ops.tensor(new long[4096], 4096));
            Tensor w = Scope.noGrad(
                    () -> average.map(latent, Forward.EVALUATION).w().select(1, 0));
            double[] other = Ops.toDoubles(Ops.mean(w, false, 0));
            double spread = Ops.toDoubles(w.std())[0];
            for (int i = 0; i < center.length; i++) {
                assertThat(Math.abs(center[i] - other[i])).isLessThan(0.15 * spread);
            }
        }
    }

    @Test
    void an_optimiser_of_another_network_is_refused() {
        Map<String, Object> content = content();
        content.put("g_optim", optimizer(content, "d", 0, 0.99));
        RosinalityImport source = source(content);
        try (Trainer trainer = trainer(source)) {
            assertThatThrownBy(() -> source.into(trainer))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("000007.pt 'g_optim': it is of 28 parameters, but the network has 82");
        }
    }

    /** In the fuller folder of fixtures there is a training file of the program itself. */
    @Test
    void training_files_arrive_whole() throws IOException {
        Path trained;
        try (Stream<Path> files = Files.list(Golden.folder().resolve("rosinality_stylegan2_64"))) {
            trained = files.filter(f -> f.toString().endsWith(".pt"))
                    .sorted()
                    .toList()
                    .get(0);
        }
        RosinalityImport source = RosinalityImport.read(trained);
        try (Scope scope = Scope.open();
                Trainer trainer = trainer(source)) {
            List<String> notes = source.into(trainer);
            boolean moments = PthReader.readMap(trained).containsKey("g_optim");
            assertThat(notes).allMatch(note -> note.contains(moments ? "'latent_avg'" : "starts afresh"));
            assertThat(trainer.step()).isEqualTo(moments ? 3 : 0);
        }
    }
}
