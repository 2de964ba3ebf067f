package duello.recipe.yaml;

import duello.recipe.yaml.Tree.Field;
import duello.recipe.yaml.Tree.Fields;
import duello.recipe.yaml.Tree.Items;
import duello.recipe.yaml.Tree.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Parses YAML 1.2 text to a {@link Tree}. Size, depth and aliases are bounded: the text may be a stranger's. */
public final class Yaml {
    /** The most characters of one document. */
    public static final int MOST_CHARACTERS = 1 << 20;

    private static final String TOO_LARGE = "this is larger or deeper than any recipe";
    private static final int MOST_NODES = 20_000;
    private static final int MOST_DEPTH = 40;

    private final Function<Optional<Mark>, Place> places;
    private final Problems problems;
    private int nodes;

    private Yaml(Function<Optional<Mark>, Place> places, Problems problems) {
        this.places = places;
        this.problems = problems;
    }

    /**
     * The tree of a file; an empty mapping if it is empty.
     *
     * @throws duello.catalog.Failure if it is no YAML or beyond all bounds, with all problems so far
     */
    public static Tree file(String source, String text, Problems problems) {
        Place top = new Place(source, 1, 1);
        return new Yaml(
                        mark -> mark.map(m -> new Place(source, m.getLine() + 1, m.getColumn() + 1))
                                .orElse(top),
                        problems)
                .parse(text);
    }

    /** The tree of a snippet, all of which stands at one place. */
    public static Tree snippet(Place place, String text, Problems problems) {
        return new Yaml(mark -> place, problems).parse(text);
    }

    private Tree parse(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setUseMarks(true)
                .setMaxAliasesForCollections(20)
                .setCodePointLimit(MOST_CHARACTERS)
                .build();
        try {
            checkDepth(new Parse(settings).parseString(text));
            Optional<Node> root = new Compose(settings).composeString(text);
            return root.isPresent() ? tree(root.get(), 0) : empty();
        } catch (MarkedYamlEngineException e) {
            problems.add(places.apply(e.getProblemMark()), "this is not YAML: " + e.getProblem());
            problems.throwIfAny();
        } catch (YamlEngineException e) {
            problems.add(places.apply(Optional.empty()), "this is not YAML: " + firstLine(e));
            problems.throwIfAny();
        }
        return empty();
    }

    /** The composer goes down by calling itself, so a text that only opens brackets must not reach it. */
    private void checkDepth(Iterable<Event> events) {
        int depth = 0;
        for (Event event : events) {
            if (event instanceof CollectionStartEvent && ++depth > MOST_DEPTH) {
                problems.add(places.apply(event.getStartMark()), TOO_LARGE);
                problems.throwIfAny();
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
    }

    private Tree empty() {
        return new Fields(places.apply(Optional.empty()), Map.of());
    }

    private Tree tree(Node node, int depth) {
        Place place = places.apply(node.getStartMark());
        if (++nodes > MOST_NODES || depth > MOST_DEPTH) {
            problems.add(place, TOO_LARGE);
            problems.throwIfAny();
            return new Scalar(place, "", true);
        }
        if (!node.getTag().getValue().startsWith(Tag.PREFIX)) {
            problems.add(place, "the tag " + node.getTag().getValue() + " has no meaning here; leave it out");
        }
        if (node instanceof MappingNode mapping) {
            return fields(place, mapping, depth);
        }
        if (node instanceof SequenceNode sequence) {
            List<Tree> items = new ArrayList<>();
            sequence.getValue().forEach(item -> items.add(tree(item, depth + 1)));
            return new Items(place, items);
        }
        ScalarNode scalar = (ScalarNode) node;
        return new Scalar(place, scalar.getValue(), scalar.isPlain());
    }

    private Tree fields(Place place, MappingNode mapping, int depth) {
        Map<String, Field> fields = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Place at = places.apply(tuple.getKeyNode().getStartMark());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(at, "a key must be a word");
                continue;
            }
            Field earlier = fields.get(key.getValue());
            if (earlier != null) {
                String where = earlier.key().line() == 0
                        ? ""
                        : " (first at line " + earlier.key().line() + ")";
                problems.add(at, "the key '" + key.getValue() + "' is there twice" + where);
                continue;
            }
            fields.put(key.getValue(), new Field(at, tree(tuple.getValueNode(), depth + 1)));
        }
        return new Fields(place, fields);
    }

    private static String firstLine(Exception e) {
        String message = String.valueOf(e.getMessage());
        return message.lines().findFirst().orElse(message);
    }
}
