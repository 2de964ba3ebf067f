package duello.recipe;

import duello.catalog.Entry;
import java.util.List;

/**
 * A user's own methods, backbones, datasets: a jar on the class path names its implementation of this interface in
 * {@code META-INF/services/duello.recipe.Extension}, and recipes can name its entries like the built-in ones.
 *
 * <p>{@code return List.of(new Addition<>(Method.class, entry("my_method", MyMethod.class)));}
 */
public interface Extension {
    /** What it adds. */
    List<Addition<?>> additions();

    /**
     * One entry for one shelf.
     *
     * @param shelf what the shelf holds, such as {@code Method.class}
     * @param entry the line
     * @param <T> {@code shelf}
     */
    record Addition<T>(Class<T> shelf, Entry<T> entry) {}
}
