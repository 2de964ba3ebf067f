package duello.studio.command;

import duello.catalog.Failure;
import duello.recipe.Experiment;
import duello.recipe.Recipes;
import duello.studio.console.Console;
import duello.studio.console.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What recipes there are, what is in them, and whether one is right. */
@Command(
        name = "recipes",
        description = {"List the shipped recipes; show, check or convert one.", ""},
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  duello recipes                                 what there is",
            "  duello recipes list cifar10/                   of one dataset",
            "  duello recipes show cifar10/reacgan            one, with every default written out",
            "  duello recipes check my.yaml train.steps=10    all that is wrong with one, at once",
            "  duello recipes convert ContraGAN.yaml          a file of PyTorch-StudioGAN as a recipe"
        })
final class RecipesCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Duello duello;

    @Override
    public Integer call() {
        return list("");
    }

    @Command(
            name = "list",
            description = "List the shipped recipes: status, published score, what it is, the papers' arXiv numbers.",
            mixinStandardHelpOptions = true)
    int list(
            @Parameters(
                            arity = "0..1",
                            defaultValue = "",
                            paramLabel = "PART",
                            description = "Only those with this in their name, such as cifar10/ or reacgan.")
                    String part) {
        Console console = duello.console();
        Workshop workshop = Workshop.of(console);
        Table table = new Table();
        List<Map<String, String>> all = new ArrayList<>();
        for (String name : Recipes.list()) {
            if (name.contains(part)) {
                Experiment e = workshop.read(name, List.of());
                Explanation words = new Explanation(e, workshop.shelves());
                String shown = name.equals(Recipes.DEFAULT) ? name + " (default)" : name;
                table.row(shown, words.status(), words.published(), e.title(), words.papers());
                all.add(Map.of(
                        "name",
                        name,
                        "status",
                        words.status(),
                        "published",
                        words.published(),
                        "title",
                        e.title(),
                        "paper",
                        e.paper()));
            }
        }
        if (all.isEmpty()) {
            throw new Failure("no shipped recipe has '" + part + "' in its name; 'duello recipes' lists them all");
        }
        table.lines().forEach(console::result);
        console.data(all);
        return 0;
    }

    @Command(
            name = "show",
            description = "Explain a recipe and print it, complete and resolved.",
            mixinStandardHelpOptions = true)
    int show(
            @Parameters(arity = "1..*", paramLabel = "RECIPE|KEY=VALUE", description = "A recipe and settings.")
                    List<String> words) {
        Workshop workshop = Workshop.of(duello.console());
        Workshop.Request request = Workshop.request(words, Recipes.DEFAULT);
        Experiment experiment = workshop.read(request.recipe(), request.settings());
        String text = workshop.complete(experiment);
        for (String line : new Explanation(experiment, workshop.shelves()).lines()) {
            duello.console().result(("# " + line).stripTrailing());
        }
        text.lines().forEach(duello.console()::result);
        duello.console().data(Map.of("recipe", text));
        return 0;
    }

    @Command(
            name = "check",
            description = "Tell all that is wrong with a recipe, at once.",
            mixinStandardHelpOptions = true)
    int check(
            @Parameters(arity = "1..*", paramLabel = "RECIPE|KEY=VALUE", description = "A recipe and settings.")
                    List<String> words) {
        Workshop workshop = Workshop.of(duello.console());
        Workshop.Request request = Workshop.request(words, Recipes.DEFAULT);
        Experiment experiment = workshop.read(request.recipe(), request.settings());
        duello.console().result(request.recipe() + " is right: " + experiment.title());
        duello.console().data(Map.of("recipe", request.recipe(), "right", true));
        return 0;
    }

    @Command(
            name = "convert",
            description = {
                "Print a file of PyTorch-StudioGAN as a recipe.",
                "What there is to know about the translation stands in comments at its top."
            },
            mixinStandardHelpOptions = true)
    int convert(
            @Parameters(arity = "1..*", paramLabel = "FILE|KEY=VALUE", description = "A file and settings.")
                    List<String> words,
            @Option(names = "--data", paramLabel = "DIR", description = "Its pictures, a subfolder each class.")
                    @Nullable
                    Path data) {
        List<String> notes = new ArrayList<>();
        Workshop workshop = new Workshop(notes::add);
        Workshop.Request request = Workshop.request(words, Recipes.DEFAULT);
        List<String> settings = new ArrayList<>();
        if (data != null) {
            settings.add(Sources.folder(data, workshop.resolution(request.recipe())));
        }
        settings.addAll(request.settings());
        String text = workshop.convert(request.recipe(), settings);
        notes.forEach(note -> duello.console().result("# " + note));
        text.lines().forEach(duello.console()::result);
        duello.console().data(Map.of("recipe", text, "notes", notes));
        return 0;
    }
}
