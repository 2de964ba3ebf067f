package duello.recipe;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A recipe as it is written.
 *
 * @param source what problems name: a file or a shipped recipe's name
 * @param text YAML
 * @param folder where a relative {@code extends:} starts, or null for shipped recipes
 */
public record RecipeText(
        String source, String text, @Nullable Path folder) {}
