package duello.recipe.yaml;

import duello.catalog.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Collects everything that is wrong, so that it can be said at once, one line a problem, as a compiler does. */
public final class Problems {
    private record Problem(Place place, String message) {}

    private final List<Problem> list = new ArrayList<>();

    public void add(Place place, String message) {
        list.add(new Problem(place, message));
    }

    public int count() {
        return list.size();
    }

    /**
     * Does nothing if nothing was wrong.
     *
     * @throws Failure with one line a problem: sources in the order of their first problem, each from top to bottom
     */
    public void throwIfAny() {
        if (!list.isEmpty()) {
            throw new Failure(text());
        }
    }

    private String text() {
        Map<String, List<Problem>> bySource = list.stream()
                .distinct()
                .collect(Collectors.groupingBy(p -> p.place.source(), LinkedHashMap::new, Collectors.toList()));
        int width =
                list.stream().mapToInt(p -> p.place.toString().length()).max().orElse(0);
        return bySource.values().stream()
                .flatMap(problems -> problems.stream().sorted((a, b) -> Place.IN_SOURCE.compare(a.place, b.place)))
                .map(p -> pad(p.place.toString(), width) + "  " + p.message)
                .collect(Collectors.joining("\n"));
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
