package duello.recipe.studiogan;

import duello.recipe.yaml.Problems;
import duello.recipe.yaml.Tree.Fields;
import duello.recipe.yaml.TreeText;
import duello.recipe.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;

/** A file as the translation leaves it. */
record Translated(String recipe, List<String> notes) {
    /** @throws duello.catalog.Failure with all that is wrong with it */
    static Translated of(String yaml) {
        Problems problems = new Problems();
        List<String> notes = new ArrayList<>();
        Fields file = (Fields) Yaml.file("f.yaml", yaml, problems);
        Fields recipe = new StudioGan(problems, note -> notes.add(note.toString())).recipe(file, "T", false);
        return new Translated(TreeText.of(recipe), notes);
    }

    static Translated of(ShippedFiles.File file) {
        return of(file.yaml());
    }

    /** Notes other than the two that every file gets. */
    List<String> particulars() {
        return notes.stream()
                .filter(note -> !note.contains("OPTIMIZATION.total_steps: the reference runs")
                        && !note.contains("RUN.print_freq"))
                .toList();
    }
}
