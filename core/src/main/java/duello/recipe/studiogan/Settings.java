package duello.recipe.studiogan;

import duello.recipe.yaml.Place;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** A file's settings, defaults filled in. */
final class Settings {
    private final Place top;
    private final Map<String, Value> values;

    /** @param values by key path, all that the schema has */
    Settings(Place top, Map<String, Value> values) {
        this.top = top;
        this.values = Map.copyOf(values);
    }

    /** The beginning of the file. */
    Place top() {
        return top;
    }

    /** @throws IllegalArgumentException if there is no such key */
    Value value(String key) {
        Value value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("no key " + key);
        }
        return value;
    }

    /** Whether {@code key} is neither "N/A" nor null. */
    boolean has(String key) {
        return value(key).present();
    }

    /** Whether a flag is up; "N/A" is not. */
    boolean on(String key) {
        return value(key).content() == Boolean.TRUE;
    }

    /** Whether {@code key} is one of {@code words}. */
    boolean is(String key, String... words) {
        return value(key).content() instanceof String word && List.of(words).contains(word);
    }

    String text(String key) {
        return value(key).text();
    }

    /** A number; 0 where there is none. */
    BigDecimal number(String key) {
        Object content = value(key).content();
        return content instanceof BigDecimal number
                ? number
                : content instanceof Integer whole ? BigDecimal.valueOf(whole) : BigDecimal.ZERO;
    }

    /** A number's whole part; 0 where there is none. */
    int whole(String key) {
        return number(key).intValue();
    }

    boolean styleGan() {
        return is("MODEL.backbone", "stylegan2", "stylegan3");
    }

    boolean deep() {
        return is("MODEL.backbone", "big_resnet_deep_legacy", "big_resnet_deep_studiogan");
    }

    /** BigGAN's family. */
    boolean big() {
        return deep() || is("MODEL.backbone", "big_resnet");
    }

    /** Whether G's blocks share an embedding of classes or of InfoGAN's codes. */
    boolean sharesClasses() {
        return big() && (is("MODEL.g_cond_mtd", "cBN") || is("MODEL.g_info_injection", "cBN"));
    }

    /** What a message says of a key: {@code MODEL.backbone is resnet}. */
    String said(String key) {
        return key + " is " + text(key);
    }
}
