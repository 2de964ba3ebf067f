package duello.studio.command;

import duello.catalog.Failure;
import duello.io.Background;
import duello.io.Images;
import duello.io.Rgb;
import duello.recipe.Experiment;
import duello.recipe.yaml.Nearest;
import duello.studio.console.Console;
import duello.studio.console.Progress;
import duello.studio.run.Pictures;
import duello.torch.Devices;
import duello.torch.Scope;
import duello.train.Checkpoint;
import duello.train.Sampler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Draws pictures from a checkpoint. */
@Command(
        name = "generate",
        description = {"Draw pictures from a run or a checkpoint; no dataset is needed.", ""},
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  duello generate runs/first                                  100 pictures of all classes",
            "  duello generate runs/first --class fish --count 1000        of one class",
            "  duello generate checkpoint/ --grid --seed 7 --out seven     one picture of many",
            "  duello generate runs/first --truncation 0.7                 nearer to the typical, less varied"
        })
final class GenerateCommand implements Callable<Integer> {
    private static final int BATCH = 64;
    private static final int PADDING = 2;
    private static final int MOST_IN_GRID = 10_000;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Duello duello;

    @Mixin
    private Chosen chosen = new Chosen();

    @Mixin
    private SamplingOptions sampling = new SamplingOptions();

    @Option(names = "--class", paramLabel = "NAME|N", arity = "1", description = "Only this class; may be repeated.")
    private List<String> classes = new ArrayList<>();

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many (default: ${DEFAULT-VALUE}).")
    private int count = 100;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "0",
            description = "Other pictures for every other seed.")
    private long seed;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "generated",
            description = "Where they go (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("generated");

    @Option(names = "--grid", description = "One picture with all of them, a row for each class.")
    private boolean grid;

    @Option(
            names = "--device",
            paramLabel = "D",
            defaultValue = "auto",
            description = "cpu, cuda, cuda:0, ... or auto.")
    private String device = "auto";

    @Override
    public Integer call() {
        if (count < 1 || (grid && count > MOST_IN_GRID)) {
            throw new Failure("--count is " + count + "; give 1 or more" + (grid ? ", at most " + MOST_IN_GRID : ""));
        }
        Path from = chosen.folder();
        Experiment experiment = sampling.over(Places.recipe(from), new Workshop());
        Checkpoint.State state = Checkpoint.open(from);
        long[] labels = labels(state.classes());
        Sampler sampler = SamplingOptions.saved(experiment).open(from, Devices.named(device));
        Console console = duello.console();
        console.say("drawing from " + from);
        List<Path> files = grid ? List.of(sheet(sampler, labels)) : singles(sampler, labels, state.classes());
        console.result(files.size() == 1 ? files.get(0).toString() : files.size() + " pictures in " + out);
        console.data(Map.of(
                "checkpoint",
                from.toString(),
                "files",
                files.stream().map(Path::toString).toList()));
        return 0;
    }

    /** The class of every picture: in a grid row by row, else in turn. */
    private long[] labels(List<String> names) {
        List<Long> chosen = new ArrayList<>();
        for (String name : classes) {
            chosen.add(label(name, names));
        }
        for (long label = 0; classes.isEmpty() && label < names.size(); label++) {
            chosen.add(label);
        }
        long[] labels = new long[count];
        for (int i = 0; i < count; i++) {
            int at = grid ? (int) ((long) i * chosen.size() / count) : i % chosen.size();
            labels[i] = chosen.get(at);
        }
        return labels;
    }

    static long label(String name, List<String> names) {
        int at = names.indexOf(name);
        if (at >= 0) {
            return at;
        }
        if (name.matches("\\d{1,9}") && Long.parseLong(name) < names.size()) {
            return Long.parseLong(name);
        }
        List<String> listed = new ArrayList<>(names);
        Nearest.to(name.toLowerCase(Locale.ROOT), names).ifPresent(near -> {
            listed.remove(near);
            listed.add(0, near);
        });
        int shown = Math.min(20, listed.size());
        throw new Failure("there is no class '" + name + "'; there are " + String.join(", ", listed.subList(0, shown))
                + (shown < listed.size() ? " and " + (listed.size() - shown) + " more" : ""));
    }

    private Path sheet(Sampler sampler, long[] labels) {
        List<Rgb> pictures = new ArrayList<>();
        draw(sampler, labels, (index, picture) -> pictures.add(picture));
        Path file = out.resolve("grid-seed" + seed + ".png");
        int rows = (int) java.util.Arrays.stream(labels).distinct().count();
        int columns = rows > 1 ? (count + rows - 1) / rows : (int) Math.ceil(Math.sqrt(count));
        Pictures.write(file, Images.grid(pictures, columns, PADDING, Background.WHITE));
        return file;
    }

    private List<Path> singles(Sampler sampler, long[] labels, List<String> names) {
        List<Path> files = new ArrayList<>();
        draw(sampler, labels, (index, picture) -> {
            String name = names.get((int) labels[index]).replaceAll("[^\\p{L}\\p{N}_-]", "_");
            Path file = out.resolve(String.format(Locale.ROOT, "seed%d-%06d-%s.png", seed, index, name));
            Pictures.write(file, picture);
            files.add(file);
        });
        return files;
    }

    /** Gets one picture after the other. */
    private interface Taker {
        void take(int index, Rgb picture);
    }

    private void draw(Sampler sampler, long[] labels, Taker taker) {
        try (Progress progress = duello.console().progress("drawing", labels.length, 0)) {
            for (int from = 0; from < labels.length; from += BATCH) {
                long[] some = java.util.Arrays.copyOfRange(labels, from, Math.min(labels.length, from + BATCH));
                try (Scope scope = Scope.open()) {
                    List<Rgb> pictures = Pictures.of(sampler.images(seed, from, some));
                    for (int i = 0; i < pictures.size(); i++) {
                        taker.take(from + i, pictures.get(i));
                    }
                }
                progress.at(from + some.length, "");
            }
        }
    }
}
