package duello.recipe.studiogan;

import java.util.List;
import java.util.function.Predicate;

/**
 * Settings that do not go together.
 *
 * @param keys what it looks at; the first that is written is where it is reported
 * @param broken whether these settings do not go together
 * @param advice what is wrong and what to do, behind what the keys are
 */
record Rule(List<String> keys, Predicate<Settings> broken, String advice) {
    static Rule rule(String advice, Predicate<Settings> broken, String... keys) {
        return new Rule(List.of(keys), broken, advice);
    }
}
