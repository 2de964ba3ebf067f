package duello.studio.command;

import duello.catalog.Failure;
import duello.data.Dataset;
import duello.data.FolderReport;
import duello.data.Split;
import duello.io.Background;
import duello.io.Images;
import duello.io.Rgb;
import duello.recipe.Recipes;
import duello.studio.console.Console;
import duello.studio.run.Pictures;
import duello.studio.run.Stages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Looks at data before anything is trained on them. */
@Command(
        name = "data",
        description = {"Look at data before training on them.", ""},
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  duello data check photos/ > photos.yaml             counts, sizes, bad files; and a ready recipe",
            "  duello data preview photos/ --out photos.png        pictures as training will see them",
            "  duello data preview shapes/contragan --out s.png    those of a recipe"
        })
final class DataCommand implements Callable<Integer> {
    private static final int NAMED = 10;
    private static final int COLUMNS = 12;
    private static final int PADDING = 2;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Duello duello;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(duello.surroundings().out());
        return 0;
    }

    @Command(
            name = "check",
            description =
                    "Tell what a folder of pictures or of LSUN holds, what is wrong with it, and a recipe for it.",
            mixinStandardHelpOptions = true)
    int check(
            @Parameters(paramLabel = "DIR", description = "A folder of pictures, or of LSUN's databases.")
                    Path folder) {
        Console console = duello.console();
        FolderReport report = inspected(folder.toAbsolutePath().normalize());
        List<String> lines = new ArrayList<>(List.of(
                report.total() + " pictures in " + report.classes().size() + " class(es), "
                        + report.bad().size() + " bad file(s)",
                "shorter side " + report.sides().min() + " to " + report.sides().max() + " px, half of them at least "
                        + report.sides().median() + "; " + report.grey() + " grey, " + report.alpha()
                        + " with transparency"));
        report.classes().forEach(c -> lines.add("  " + c.name() + ": " + c.images()));
        report.bad().stream().limit(NAMED).forEach(b -> lines.add("bad: " + bad(b)));
        report.nearEmpty()
                .forEach(c -> lines.add("note: class " + c.name() + " has only " + c.images()
                        + " pictures, which is too few to be learnt"));
        String recipe = recipe(report);
        lines.forEach(line -> console.result("# " + line));
        recipe.lines().forEach(console::result);
        console.data(json(report, recipe));
        return 0;
    }

    private FolderReport inspected(Path folder) {
        try (Stages stages = new Stages(duello.console(), duello.surroundings().interruption())) {
            return Sources.inspect(folder, stages);
        }
    }

    /** A recipe that trains on the folder: with classes where there are several. */
    private static String recipe(FolderReport report) {
        StringBuilder recipe = new StringBuilder("# train it with: duello train FILE\n");
        recipe.append("extends: ").append(report.classes().size() > 1 ? Recipes.DEFAULT : "shapes/dcgan");
        recipe.append("\ntitle: ").append(Sources.quoted("my pictures")).append("\ndata:\n");
        report.recipe().lines().forEach(line -> recipe.append("  ").append(line).append('\n'));
        int most = Math.max(1, Math.min(64, report.total() * 9 / 10));
        return recipe.append("train: {steps: 20000, batch: " + most + "}\n").toString();
    }

    private static String bad(FolderReport.BadFile file) {
        return file.name() + ": " + file.reason();
    }

    private static Map<String, Object> json(FolderReport report, String recipe) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("total", report.total());
        json.put("classes", report.classes());
        json.put("sides", report.sides());
        json.put("bad", report.bad().stream().map(DataCommand::bad).toList());
        json.put("recipe", recipe);
        return json;
    }

    @Command(
            name = "preview",
            description = "Draw pictures as training will see them, a row for each class.",
            mixinStandardHelpOptions = true)
    int preview(
            @Parameters(paramLabel = "SOURCE", description = "A folder of pictures, or a recipe.") String source,
            @Option(names = "--out", paramLabel = "FILE", required = true, description = "The PNG file to write.")
                    Path out,
            @Option(
                            names = "--resolution",
                            paramLabel = "PX",
                            defaultValue = "64",
                            description = "Of a folder's pictures.")
                    int resolution) {
        Dataset data = Files.isDirectory(Path.of(source))
                ? Sources.source(Path.of(source), resolution, 0).open(Split.TRAIN)
                : new Workshop().read(source, List.of()).data().open(Split.TRAIN);
        Pictures.write(out, sheet(data));
        duello.console()
                .result(out + ": " + data.size() + " pictures of " + data.resolution() + " px in "
                        + data.classes().size() + " class(es)");
        duello.console().data(Map.of("file", out.toString(), "images", data.size(), "classes", data.classes()));
        return 0;
    }

    private static Rgb sheet(Dataset data) {
        Map<Integer, List<Rgb>> rows = new java.util.TreeMap<>();
        for (int i = 0; i < data.size(); i++) {
            List<Rgb> row = rows.computeIfAbsent(data.label(i), label -> new ArrayList<>());
            if (row.size() < COLUMNS) {
                row.add(picture(data, i));
            }
        }
        if (rows.isEmpty()) {
            throw new Failure(data.name() + " holds no pictures");
        }
        byte[] blank = new byte[3 * data.resolution() * data.resolution()];
        java.util.Arrays.fill(blank, (byte) 255);
        List<Rgb> all = new ArrayList<>();
        rows.values().stream().limit(50).forEach(row -> {
            all.addAll(row);
            for (int i = row.size(); i < COLUMNS; i++) {
                all.add(new Rgb(data.resolution(), data.resolution(), blank));
            }
        });
        return Images.grid(all, COLUMNS, PADDING, Background.WHITE);
    }

    private static Rgb picture(Dataset data, int index) {
        byte[] planar = new byte[3 * data.resolution() * data.resolution()];
        data.read(index, planar, 0);
        return new Rgb(data.resolution(), data.resolution(), planar);
    }
}
