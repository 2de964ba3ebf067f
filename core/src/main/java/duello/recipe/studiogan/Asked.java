package duello.recipe.studiogan;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A file's settings as the translation reads them: remembers which were read, so that none is dropped in silence. */
final class Asked {
    private final Settings settings;
    private final Consumer<Note> notes;
    private final Set<String> read = new HashSet<>();

    Asked(Settings settings, Consumer<Note> notes) {
        this.settings = settings;
        this.notes = notes;
    }

    Value value(String key) {
        read.add(key);
        return settings.value(key);
    }

    boolean on(String flag) {
        read.add(flag);
        return settings.on(flag);
    }

    boolean has(String key) {
        read.add(key);
        return settings.has(key);
    }

    boolean is(String key, String... words) {
        read.add(key);
        return settings.is(key, words);
    }

    String text(String key) {
        return value(key).text();
    }

    int whole(String key) {
        read.add(key);
        return settings.whole(key);
    }

    /** Whether a number is above 0. */
    boolean positive(String key) {
        read.add(key);
        return settings.number(key).signum() > 0;
    }

    boolean sharesClasses() {
        return settings.sharesClasses();
    }

    boolean styleGan() {
        return settings.styleGan();
    }

    boolean deep() {
        return settings.deep();
    }

    /** A mapping that stands for what {@code key} says. */
    Branch branch(String key) {
        return new Branch(settings.value(key).place());
    }

    /** An entry of a shelf that stands for what {@code key} says. */
    Branch entry(String type, String key) {
        return branch(key).with("type", type);
    }

    /** Says something about a key. */
    void note(String key, String message) {
        notes.accept(new Note(settings.value(key).place(), message));
    }

    /** Says of every key that is written, means something, and was not read, that it has no effect, and why. */
    void sayWhatIsLeft(Schema schema) {
        for (Need need : Need.ALL) {
            List<String> idle = need.keys().stream().filter(this::left).toList();
            if (!idle.isEmpty()) {
                read.addAll(idle);
                note(idle.get(0), idle(need, idle));
            }
        }
        for (Key key : schema.keys()) {
            if (left(key.path())) {
                note(
                        key.path(),
                        key.path() + ": " + settings.text(key.path()) + " has no effect beside "
                                + settings.said("MODEL.backbone") + " and " + settings.said("MODEL.d_cond_mtd"));
            }
        }
    }

    private static String listed(List<String> keys) {
        return keys.stream().collect(Collectors.joining(", ")) + (keys.size() == 1 ? " is" : " are");
    }

    private String idle(Need need, List<String> keys) {
        String decider = settings.value(need.decider()).written()
                ? settings.said(need.decider())
                : need.decider() + " is not in the file";
        return listed(keys) + " set, but " + need.what() + " takes no part: " + decider + "; it is so in the reference";
    }

    /** A 0, such as the weight of a part that takes none, is nothing to speak of. */
    private static boolean nothing(Object content) {
        return content instanceof BigDecimal number ? number.signum() == 0 : content.equals(0);
    }

    private boolean left(String key) {
        Value value = settings.value(key);
        return !read.contains(key)
                && value.written()
                && value.present()
                && value.content() != Boolean.FALSE
                && !nothing(value.content());
    }
}
