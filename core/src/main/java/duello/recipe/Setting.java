package duello.recipe;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Range;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A setting of a recipe: a component of a record, with what its annotations say.
 *
 * @param key how a recipe writes it
 * @param type the component's generic type
 * @param doc one sentence, empty if there is none
 * @param fallback YAML that stands in when it is left out, or null
 * @param range allowed numbers, or null
 * @param optional whether it may be absent altogether
 */
public record Setting(
        String key,
        Type type,
        String doc,
        @Nullable String fallback,
        @Nullable Range range,
        boolean optional) {

    /** The settings of a record, in order. */
    public static List<Setting> of(Class<?> record) {
        return Arrays.stream(record.getRecordComponents()).map(Setting::of).toList();
    }

    private static Setting of(RecordComponent component) {
        Doc doc = component.getAnnotation(Doc.class);
        Default fallback = component.getAnnotation(Default.class);
        AnnotatedType annotated = component.getAnnotatedType();
        return new Setting(
                Names.key(component.getName()),
                component.getGenericType(),
                doc == null ? "" : doc.value(),
                fallback == null ? null : fallback.value(),
                component.getAnnotation(Range.class),
                annotated.isAnnotationPresent(Nullable.class));
    }

    /** Whether a recipe must give it. */
    public boolean required() {
        return fallback == null && !optional;
    }

    /** The class behind the type; of a list, that of its items. */
    public Class<?> item() {
        return type instanceof ParameterizedType list ? (Class<?>) list.getActualTypeArguments()[0] : (Class<?>) type;
    }

    /** Whether it is a list. */
    public boolean list() {
        return type instanceof ParameterizedType p && p.getRawType() == List.class;
    }

    /** The allowed numbers in words, such as {@code at least 1} or {@code 0 to 1}; empty if all are. */
    public String allowed() {
        return range == null ? "" : Ranges.words(range);
    }
}
