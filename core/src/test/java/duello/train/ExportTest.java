package duello.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duello.catalog.Failure;
import duello.io.SafeTensors;
import duello.model.Backbone;
import duello.model.Generator;
import duello.model.Latent;
import duello.torch.Devices;
import duello.torch.Forward;
import duello.torch.Module;
import duello.torch.Ops;
import duello.torch.Scope;
import duello.torch.SeededDraws;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExportTest {
    private static final String STYLE = ", channel_base: 64, channel_max: 9}, mapping: {width: 7, layers: 2}, "
            + "discriminator: {channel_base: 64, channel_max: 9}}";

    @TempDir
    private Path folder;

    private Path checkpoint(Backbone backbone) {
        Path checkpoint = folder.resolve("checkpoint");
        try (Scope scope = Scope.open();
                Trainer trainer = Tiny.plain().with(backbone).trainer()) {
            disturb(trainer.table().generator().module());
            disturb(trainer.table().average().module());
            trainer.save(checkpoint, Map.of());
        }
        return checkpoint;
    }

    /** So that no branch is dead and no statistic neutral; variances stay above 0. */
    private static void disturb(Module module) {
        SeededDraws draws = new SeededDraws(1, Devices.CPU);
        Scope.withoutGrad(() -> module.state().forEach((name, t) -> {
            if (t.is_floating_point()) {
                t.add_(Ops.mul(Ops.add(draws.uniform(Ops.shape(t)), -0.5), 0.3));
            }
        }));
    }

    /** Every backbone of the catalogue, with and without codes; then what is not in them. */
    static Stream<String> families() {
        String parts = "generator: {width: 8, spectral_norm: true, attention: [1]}, discriminator: {width: 8}";
        Stream<String> catalogue = Tiny.names(Backbone.class).stream()
                .filter(name -> !name.equals("stylegan2"))
                .flatMap(name -> Stream.of("null", codes("concat"), codes("cbn"))
                        .map(codes -> "{type: " + name + ", latent: 12, " + parts + ", codes: " + codes + "}"));
        Stream<String> others = Stream.of(
                "{type: big_resnet, latent: 12, conditional: false, prior: uniform, generator: {activation: leaky_relu, ",
                "{type: big_resnet_deep, latent: 12, conditional: false, generator: {activation: relu, ",
                "{type: big_resnet_deep, latent: 12, form: studiogan, generator: {attention: [2], ",
                "{type: big_resnet_deep, latent: 12, depth: {generator: 3}, generator: {spectral_norm: true, ",
                "{type: resnet, latent: 7, generator: {activation: elu, attention: [2], ",
                "{type: resnet, latent: 7, conditional: false, generator: {activation: gelu, ",
                "{type: deep_conv, latent: 9, conditional: true, generator: {spectral_norm: true, ");
        Stream<String> style = Stream.of("skip", "orig", "resnet")
                .flatMap(architecture -> Stream.of(
                        "{type: stylegan2, latent: 12, conditional: true, generator: {architecture: " + architecture
                                + STYLE,
                        "{type: stylegan2, latent: 5, codes: " + codes("concat") + ", generator: {architecture: "
                                + architecture + STYLE));
        return Stream.concat(
                Stream.concat(catalogue, style), others.map(o -> o + "width: 8}, discriminator: {width: 8}}"));
    }

    private static String codes(String injection) {
        return "{discrete: 2, categories: 3, continuous: 2, injection: " + injection + "}";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("families")
    void a_torchscript_program_draws_what_the_generator_draws(String yaml) {
        Backbone backbone = Tiny.read(Backbone.class, yaml);
        Path checkpoint = checkpoint(backbone);
        Path file = folder.resolve("generator.pt");
        Export.torchScript(checkpoint, Export.Network.AVERAGE, backbone, file);
        Generator own = Checkpoint.sampler(checkpoint, backbone, Devices.CPU).generator();
        try (Scope scope = Scope.open()) {
            JitModule program = torch.load(file.toString());
            for (int batch : new int[] {2, 5}) {
                Latent latent = latent(own, batch);
                Tensor drawn = Scope.noGrad(
                        () -> program.forward(new IValueVector(new IValue(latent.z()), new IValue(latent.labels())))
                                .toTensor());
                Tensor expected = Scope.noGrad(() -> own.images(latent, Forward.EVALUATION));
                assertThat(Ops.shape(drawn)).containsExactly(batch, 3, 16, 16);
                assertThat(drawn.sub(expected).abs().max().item_double()).isLessThan(5e-5);
                assertThat(expected.std().item_double())
                        .as("the images are not blank")
                        .isGreaterThan(1e-3);
            }
        }
    }

    private static Latent latent(Generator g, int batch) {
        Tensor z = g.space().draw(new SeededDraws(batch, Devices.CPU), batch);
        long[] labels = new long[batch];
        for (int i = 0; i < batch; i++) {
            labels[i] = (2 * i + 1) % Tiny.CLASSES;
        }
        return new Latent(z, Ops.tensor(labels, batch));
    }

    @Test
    void safetensors_hold_the_state_dict_under_its_own_names() {
        Path checkpoint = checkpoint(Tiny.bigResNet());
        Path file = folder.resolve("g.safetensors");
        Export.safetensors(checkpoint, Export.Network.GENERATOR, file);
        assertThat(SafeTensors.read(file).tensors())
                .containsKeys("linear0.weight_orig", "shared.weight", "blocks.0.0.bn1.gain.weight_orig")
                .isEqualTo(SafeTensors.read(checkpoint.resolve("generator.safetensors"))
                        .tensors());
        Export.safetensors(checkpoint, Export.Network.AVERAGE, file);
        assertThat(SafeTensors.read(file).tensors())
                .isEqualTo(SafeTensors.read(checkpoint.resolve("average.safetensors"))
                        .tensors());
    }

    @Test
    void a_discriminator_is_no_program() {
        Path checkpoint = checkpoint(Tiny.bigResNet());
        Path file = folder.resolve("d.pt");
        assertThatThrownBy(() -> Export.torchScript(checkpoint, Export.Network.DISCRIMINATOR, Tiny.bigResNet(), file))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("safetensors");
        assertThat(Files.exists(file)).isFalse();
    }
}
