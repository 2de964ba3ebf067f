package duello.studio.command;

import duello.model.Backbone;
import duello.recipe.Experiment;
import duello.studio.console.Console;
import duello.train.Export;
import duello.train.Wrapped;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Writes a network for other programs. */
@Command(
        name = "export",
        description = {
            "Write a network of a run or a checkpoint for other programs.",
            "safetensors: its state dict, with PyTorch-StudioGAN's key names.",
            "torchscript: the generator as a program, forward(z, y) -> images, which torch.jit.load runs.",
            ""
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  duello export runs/first --format torchscript --out generator.pt",
            "  duello export runs/first --network discriminator --out d.safetensors"
        })
final class ExportCommand implements Callable<Integer> {
    /** What is written. */
    enum Format {
        SAFETENSORS(".safetensors"),
        TORCHSCRIPT(".pt");

        private final String ending;

        Format(String ending) {
            this.ending = ending;
        }
    }

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Duello duello;

    @Mixin
    private Chosen chosen = new Chosen();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "safetensors",
            description = "safetensors or torchscript (default: ${DEFAULT-VALUE}).")
    private Format format = Format.SAFETENSORS;

    @Option(
            names = "--network",
            paramLabel = "NETWORK",
            defaultValue = "average",
            description = "generator, average or discriminator (default: ${DEFAULT-VALUE}); where there is no average"
                    + " the generator is taken.")
    private Export.Network network = Export.Network.AVERAGE;

    @Option(names = "--out", paramLabel = "FILE", description = "Where it goes (default: NETWORK and the ending).")
    private @Nullable Path out;

    private static Backbone backbone(Path checkpoint) {
        Experiment experiment = new Workshop().read(Places.recipe(checkpoint).toString(), List.of());
        return Wrapped.of(experiment.model(), experiment.methods());
    }

    @Override
    public Integer call() {
        Path from = chosen.folder();
        Path file = out == null ? Path.of(network.name().toLowerCase(Locale.ROOT) + format.ending) : out;
        switch (format) {
            case SAFETENSORS -> Export.safetensors(from, network, file);
            case TORCHSCRIPT -> Export.torchScript(from, network, backbone(from), file);
        }
        Console console = duello.console();
        console.say("written from " + from);
        console.result(file.toString());
        console.data(Map.of("checkpoint", from.toString(), "file", file.toString()));
        return 0;
    }
}
