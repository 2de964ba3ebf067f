package duello.method.adapt;

import duello.catalog.Failure;
import java.util.List;
import java.util.function.LongPredicate;

/** Which of a network's named maps a method looks at. */
final class LayerChoice {
    private LayerChoice() {}

    /**
     * Those that are wished, or all.
     *
     * @throws Failure if a name is wrong, or the network names none of its maps
     */
    static List<String> of(List<String> wished, List<String> there) {
        if (there.isEmpty()) {
            throw new Failure(
                    "a method compares maps inside the networks, but networks of this type name none of theirs");
        }
        for (String name : wished) {
            if (!there.contains(name)) {
                throw new Failure("a method is to look at the map '" + name + "', but the network's are "
                        + String.join(", ", there));
            }
        }
        return wished.isEmpty() ? List.copyOf(there) : wished;
    }

    /**
     * Of a generator: those that are wished, or all but the first, whose few positions say little.
     *
     * @throws Failure as {@link #of}
     */
    static List<String> ofGenerator(List<String> wished, List<String> there) {
        return wished.isEmpty() && there.size() > 1 ? there.subList(1, there.size()) : of(wished, there);
    }

    /**
     * Those that are wished, or all of as many rows as are right; where none is, the last.
     *
     * @throws Failure as {@link #of}
     */
    static List<String> ofRows(List<String> wished, List<NamedMap> there, LongPredicate right) {
        List<String> names = there.stream().map(NamedMap::name).toList();
        if (!wished.isEmpty() || names.isEmpty()) {
            return of(wished, names);
        }
        List<String> found = there.stream()
                .filter(m -> right.test(m.rows()))
                .map(NamedMap::name)
                .toList();
        return found.isEmpty() ? names.subList(names.size() - 1, names.size()) : found;
    }
}
