package duello.recipe;

import duello.catalog.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All entries of one kind, by the type that a recipe's setting has.
 *
 * @param holds what every entry is, such as {@code Adversarial}
 * @param noun what a user calls one, such as {@code adversarial loss}
 * @param entries the catalogue's lines, in order
 * @param <T> {@code holds}
 */
public record Shelf<T>(Class<T> holds, String noun, List<Entry<T>> entries) {
    /** @throws IllegalArgumentException if two entries have the same name */
    public Shelf {
        entries = List.copyOf(entries);
        if (entries.stream().map(Entry::name).distinct().count() < entries.size()) {
            throw new IllegalArgumentException("two entries of one name among " + entries);
        }
    }

    /** A shelf made of the lists of several, narrower ones. */
    @SafeVarargs
    static <T> Shelf<T> joined(Class<T> holds, String noun, List<? extends Entry<? extends T>>... lists) {
        List<Entry<T>> all = new ArrayList<>();
        for (List<? extends Entry<? extends T>> list : lists) {
            list.forEach(e -> all.add(new Entry<>(e.name(), e.type())));
        }
        return new Shelf<>(holds, noun, all);
    }

    /** The entry of that name. */
    public Optional<Entry<T>> find(String name) {
        return entries.stream().filter(e -> e.name().equals(name)).findFirst();
    }

    /** The first entry whose settings are {@code record}'s; a record may stand under a second name too. */
    public Optional<Entry<T>> of(Object record) {
        return entries.stream().filter(e -> e.type() == record.getClass()).findFirst();
    }

    /** The entries' names, in order. */
    public List<String> names() {
        return entries.stream().map(Entry::name).toList();
    }
}
