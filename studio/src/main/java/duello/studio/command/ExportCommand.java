package duello.studio.command;

import duello.catalog.Failure;
import duello.model.Backbone;
import duello.recipe.Experiment;
import duello.studio.console.Console;
import duello.train.Checkpoint;
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
            "rosinality: all of a StyleGAN2 in one file, as rosinality's program and few-shot programs read it.",
            ""
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  duello export runs/first --format torchscript --out generator.pt",
            "  duello export runs/first --network discriminator --out d.safetensors",
            "  duello export runs/ten-faces --format rosinality --out source.pt"
        })
final class ExportCommand implements Callable<Integer> {
    /** What is written. */
    enum Format {
        SAFETENSORS(".safetensors"),
        TORCHSCRIPT(".pt"),
        ROSINALITY(".pt");

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
            description = "safetensors, torchscript or rosinality (default: ${DEFAULT-VALUE}).")
    private Format format = Format.SAFETENSORS;

    @Option(
            names = "--network",
            paramLabel = "NETWORK",
            description = "generator, average or discriminator (default: average); where there is no average the"
                    + " generator is taken. Not with rosinality, which has all of them.")
    private Export.@Nullable Network asked;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where it goes (default: NETWORK, or of rosinality the iteration, and the ending).")
    private @Nullable Path out;

    private static Experiment experiment(Path checkpoint) {
        return new Workshop().read(Places.recipe(checkpoint).toString(), List.of());
    }

    private static Backbone backbone(Experiment experiment) {
        return Wrapped.of(experiment.model(), experiment.methods());
    }

    private Path file(Path from, Export.Network network) {
        if (out != null) {
            return out;
        }
        String name = format == Format.ROSINALITY
                ? String.format(Locale.ROOT, "%06d", Checkpoint.open(from).step())
                : network.name().toLowerCase(Locale.ROOT);
        return Path.of(name + format.ending);
    }

    private static void rosinality(Path from, Path file) {
        Experiment experiment = experiment(from);
        Export.rosinality(from, backbone(experiment), experiment.logit(), file);
    }

    @Override
    public Integer call() {
        Path from = chosen.folder();
        if (format == Format.ROSINALITY && asked != null) {
            throw new Failure("a file of rosinality's layout has all networks; leave out --network");
        }
        Export.Network network = asked == null ? Export.Network.AVERAGE : asked;
        Path file = file(from, network);
        switch (format) {
            case SAFETENSORS -> Export.safetensors(from, network, file);
            case TORCHSCRIPT -> Export.torchScript(from, network, backbone(experiment(from)), file);
            case ROSINALITY -> rosinality(from, file);
        }
        Console console = duello.console();
        console.say("written from " + from);
        console.result(file.toString());
        console.data(Map.of("checkpoint", from.toString(), "file", file.toString()));
        return 0;
    }
}
