package duello.studio.command;

import duello.catalog.Failure;
import duello.io.AtomicFiles;
import duello.io.Checksums;
import duello.io.Json;
import duello.recipe.Experiment;
import duello.studio.console.Console;
import duello.studio.run.Checkpoints;
import duello.studio.run.Plan;
import duello.studio.run.RunFolder;
import duello.studio.run.RunInfo;
import duello.train.ForeignCheckpoint;
import duello.train.RosinalityImport;
import duello.train.StudioGanFiles;
import duello.train.StudioGanImport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Makes a run of a checkpoint of another program. */
@Command(
        name = "import",
        description = {
            "Make a run of a checkpoint of another program: it generates, is scored, is adapted and trains on like any other.",
            "PyTorch-StudioGAN's files must fit the networks of the recipe given, key by key.",
            "StyleGAN2 in rosinality's layout, such as the sources of few-shot adaptation, is one file that tells its sizes;",
            "it needs no recipe, and data.path=DIR only if it is to train on.",
            "Files are read without running anything in them. The dataset need not be there.",
            ""
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  duello import checkpoints/RUN --recipe cifar10/reacgan          a folder of model=G-...pth and so on",
            "  duello import G.pth D.pth G_ema.pth --recipe my.yaml --name old files one by one",
            "  duello import G.pth --recipe my.yaml data.resolution=64         only to generate and evaluate",
            "  duello import 550000.pt --name faces data.path=ffhq/            StyleGAN2 in rosinality's layout"
        })
final class ImportCommand implements Callable<Integer> {
    /** The recipe of checkpoints that tell the sizes of their networks. */
    private static final String ROSINALITY = "base/rosinality";

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Duello duello;

    @Parameters(
            arity = "1..*",
            paramLabel = "DIR|G.pth [D.pth] [G_ema.pth]|FILE.pt [KEY=VALUE]",
            description = "The checkpoint's folder or files, and settings to change in the recipe.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = "--recipe",
            paramLabel = "NAME|FILE",
            description = "The recipe whose networks these are; left out for rosinality's StyleGAN2.")
    private @Nullable String recipe;

    @Option(
            names = "--which",
            paramLabel = "best|current",
            description = "Of a folder that holds both (default: best).")
    private @Nullable String which;

    @Mixin
    private NewRun newRun = new NewRun();

    @Override
    public Integer call() {
        List<String> settings = words.stream().filter(ImportCommand::isSetting).toList();
        ForeignCheckpoint source =
                source(words.stream().filter(w -> !isSetting(w)).toList());
        Workshop workshop = new Workshop();
        String networks = recipe == null ? ROSINALITY : recipe;
        List<String> all = new ArrayList<>(source.settings());
        all.addAll(settings);
        Experiment experiment = workshop.read(networks, all);
        try (Plan plan = plan(workshop.read(networks, onProcessor(all)), source)) {
            List<String> notes = source.into(plan.trainer());
            RunFolder folder = newRun.create(Runner.base(networks));
            write(folder, plan, source, workshop.complete(experiment), about(source, notes));
            tell(folder, source, notes);
        }
        return 0;
    }

    private static boolean isSetting(String word) {
        return word.matches("[a-z_]+(\\.[a-z0-9_]+|\\[\\d+])*=.*")
                && !word.endsWith(".pth")
                && !Files.exists(Path.of(word));
    }

    private ForeignCheckpoint source(List<String> names) {
        List<Path> paths = names.stream().map(Path::of).toList();
        for (Path path : paths) {
            if (!Files.exists(path)) {
                throw new Failure("there is no file or folder '" + path + "'");
            }
        }
        if (recipe != null) {
            return StudioGanImport.read(files(paths));
        }
        if (paths.size() != 1 || Files.isDirectory(paths.get(0))) {
            throw new Failure("without --recipe give one file, a checkpoint of rosinality's StyleGAN2; checkpoints of"
                    + " PyTorch-StudioGAN need --recipe NAME, the recipe whose networks they are");
        }
        return RosinalityImport.read(paths.get(0));
    }

    private StudioGanFiles files(List<Path> paths) {
        if (which != null && !which.equals("best") && !which.equals("current")) {
            throw new Failure("--which is '" + which + "'; give best or current");
        }
        if (paths.size() == 1 && Files.isDirectory(paths.get(0))) {
            return StudioGanFiles.in(paths.get(0), which);
        }
        if (paths.isEmpty() || paths.size() > 3 || paths.stream().anyMatch(Files::isDirectory)) {
            throw new Failure("give one folder, or the files G.pth [D.pth] [G_ema.pth]");
        }
        return StudioGanFiles.of(paths);
    }

    /** Whatever the recipe trains on: that device may be on another machine. */
    private static List<String> onProcessor(List<String> settings) {
        List<String> all = new ArrayList<>(settings);
        all.removeIf(s -> s.startsWith("train.device="));
        all.add("train.device=cpu");
        return all;
    }

    private static Plan plan(Experiment experiment, ForeignCheckpoint source) {
        List<String> classes = experiment.data().knownClasses();
        if (classes.isEmpty()) {
            int count = source.classes(
                            k -> Plan.withoutData(experiment, numbered(k)).trainer())
                    .orElse(1);
            classes = numbered(count);
        }
        return Plan.withoutData(experiment, classes);
    }

    private static List<String> numbered(int count) {
        return IntStream.range(0, count).mapToObj(String::valueOf).toList();
    }

    private static Map<String, Object> about(ForeignCheckpoint source, List<String> notes) {
        Map<String, Object> digests = new LinkedHashMap<>();
        source.files().forEach(file -> digests.put(String.valueOf(file.getFileName()), Checksums.sha256(file)));
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("format", source.program());
        about.put("files", digests);
        about.put("step", source.step());
        about.put("best", source.best());
        about.put("notes", notes);
        return about;
    }

    private void write(
            RunFolder folder, Plan plan, ForeignCheckpoint source, String recipeText, Map<String, Object> about) {
        byte[] text = recipeText.getBytes(StandardCharsets.UTF_8);
        AtomicFiles.write(folder.recipe(), text);
        Map<String, byte[]> extras =
                Map.of("recipe.yaml", text, "imported.json", Json.pretty(about).getBytes(StandardCharsets.UTF_8));
        Path directory = folder.checkpoints().at(source.step());
        if (source.complete()) {
            plan.trainer().save(directory, extras);
        } else {
            plan.trainer().saveGenerator(directory, extras);
        }
        folder.checkpoints().mark(Checkpoints.LATEST, source.step());
        RunInfo.Context context = new Runner(duello.surroundings(), duello.console()).context(plan);
        folder.info(
                RunInfo.starting(folder.name(), context).stopped(RunInfo.State.INTERRUPTED, "imported", source.step()));
    }

    private void tell(RunFolder folder, ForeignCheckpoint source, List<String> notes) {
        Console console = duello.console();
        notes.forEach(note -> console.say("note: " + note));
        source.best().forEach((name, value) -> console.say("its training says " + name + " " + value));
        console.result(folder.path() + " holds iteration " + source.step());
        console.say("next      duello generate " + folder.path() + " --count 100");
        console.say("          duello evaluate " + folder.path());
        console.say(
                source.complete()
                        ? "          duello resume " + folder.path()
                        : "without a discriminator it only generates and is scored; it cannot train on, but be adapted:"
                                + " duello adapt " + folder.path() + " --images DIR source.discriminator=fresh");
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("run", folder.path().toString());
        result.put("step", source.step());
        result.put("trainable", source.complete());
        result.put("notes", notes);
        console.data(result);
    }
}
