package duello.recipe.studiogan;

import duello.recipe.yaml.Place;
import duello.recipe.yaml.Tree;
import duello.recipe.yaml.Tree.Field;
import duello.recipe.yaml.Tree.Fields;
import duello.recipe.yaml.Tree.Items;
import duello.recipe.yaml.Tree.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A mapping of a recipe as it grows. Values keep the place in the file from which they come. */
final class Branch {
    private final Place place;
    private final Map<String, Field> fields = new LinkedHashMap<>();

    Branch(Place place) {
        this.place = place;
    }

    Branch with(String key, Tree tree) {
        fields.put(key, new Field(tree.place(), tree));
        return this;
    }

    Branch with(String key, Branch branch) {
        return with(key, branch.tree());
    }

    /** @param text a number or a word */
    Branch with(String key, String text) {
        return with(key, new Scalar(place, text, true));
    }

    Branch with(String key, Value value) {
        if (value.content() instanceof List<?> list) {
            List<Tree> items = list.stream()
                    .<Tree>map(item -> new Scalar(value.place(), String.valueOf(item), true))
                    .toList();
            return with(key, new Items(value.place(), items));
        }
        return with(key, new Scalar(value.place(), value.text(), true));
    }

    Fields tree() {
        return new Fields(place, fields);
    }
}
