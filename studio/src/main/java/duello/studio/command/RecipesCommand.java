package duello.studio.command;

import duello.recipe.Experiment;
import duello.recipe.Recipes;
import duello.studio.console.Console;
import duello.studio.console.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What recipes there are, what is in them, and whether one is right. */
@Command(
        name = "recipes",
        description = {"List the shipped recipes; show or check one.", ""},
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  duello recipes                                 what there is",
            "  duello recipes show cifar10/reacgan            one, with every default written out",
            "  duello recipes check my.yaml train.steps=10    all that is wrong with one, at once"
        })
final class RecipesCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Duello duello;

    @Override
    public Integer call() {
        return list();
    }

    @Command(name = "list", description = "List the shipped recipes.", mixinStandardHelpOptions = true)
    int list() {
        Console console = duello.console();
        Workshop workshop = new Workshop();
        Table table = new Table();
        List<Map<String, String>> all = new ArrayList<>();
        for (String name : Recipes.list()) {
            Experiment experiment = workshop.read(name, List.of());
            String status = experiment.status().name().toLowerCase(Locale.ROOT);
            String shown = name.equals(Recipes.DEFAULT) ? name + " (default)" : name;
            table.row(shown, status, experiment.title());
            all.add(Map.of("name", name, "status", status, "title", experiment.title(), "paper", experiment.paper()));
        }
        table.lines().forEach(console::result);
        console.data(all);
        return 0;
    }

    @Command(
            name = "show",
            description = "Print a recipe, complete and resolved.",
            mixinStandardHelpOptions = true)
    int show(
            @Parameters(arity = "1..*", paramLabel = "RECIPE|KEY=VALUE", description = "A recipe and settings.")
                    List<String> words) {
        Workshop workshop = new Workshop();
        Workshop.Request request = Workshop.request(words, Recipes.DEFAULT);
        String text = workshop.complete(workshop.read(request.recipe(), request.settings()));
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
        Workshop workshop = new Workshop();
        Workshop.Request request = Workshop.request(words, Recipes.DEFAULT);
        Experiment experiment = workshop.read(request.recipe(), request.settings());
        duello.console().result(request.recipe() + " is right: " + experiment.title());
        duello.console().data(Map.of("recipe", request.recipe(), "right", true));
        return 0;
    }
}
