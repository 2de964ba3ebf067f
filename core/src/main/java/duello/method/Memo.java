package duello.method;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Values that are computed once and asked for again, each by who owns it and a name. */
final class Memo {
    private record Key(Object owner, String name) {}

    private final Map<Key, Object> values = new HashMap<>();

    @SuppressWarnings("unchecked")
    <T> T get(Object owner, String name, Supplier<T> compute) {
        Key key = new Key(owner, name);
        Object value = values.get(key);
        // Not computeIfAbsent: to compute one value may ask for another.
        if (value == null) {
            value = compute.get();
            values.put(key, value);
        }
        return (T) value;
    }
}
