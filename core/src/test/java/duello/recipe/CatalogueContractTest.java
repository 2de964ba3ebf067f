package duello.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import duello.catalog.Entry;
import duello.data.DataSource;
import duello.train.OptimizerSettings;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every line of every shelf promises. What methods promise beyond their settings (finite steps, gradients to the
 * right player, the same bits again) is the training contract's, which walks the same shelves with {@link Samples}.
 */
class CatalogueContractTest {
    private static final Set<Class<?>> WITHOUT_PAPER = Set.of(DataSource.class, OptimizerSettings.class);

    private final Shelves shelves = Shelves.builtIn();
    private final RecipeReader reader = new RecipeReader(shelves, Recipes.shipped());
    private final RecipeWriter writer = new RecipeWriter(shelves);

    @TestFactory
    Stream<DynamicContainer> everyEntry() {
        return shelves.list().stream()
                .map(shelf ->
                        dynamicContainer(shelf.noun(), shelf.entries().stream().map(e -> contract(shelf, e))));
    }

    private DynamicContainer contract(Shelf<?> shelf, Entry<?> entry) {
        return typed(shelf, entry.name());
    }

    private <T> DynamicContainer typed(Shelf<T> shelf, String name) {
        Entry<T> entry = shelf.find(name).orElseThrow();
        return dynamicContainer(
                name,
                List.of(
                        dynamicTest(
                                "has a lower snake name", () -> assertThat(name).matches("[a-z0-9]+(_[a-z0-9]+)*")),
                        dynamicTest("says what it is", () -> described(shelf, entry)),
                        settings(entry.type()),
                        dynamicTest(
                                "is made from its defaults",
                                () -> assertThat(Samples.plain(shelves, shelf, entry))
                                        .isInstanceOf(entry.type())),
                        dynamicTest("reads back what it writes", () -> roundTrips(shelf, entry))));
    }

    private static void described(Shelf<?> shelf, Entry<?> entry) {
        Shelves.Description description = Shelves.describe(entry);
        assertThat(description.doc()).isNotBlank();
        if (!WITHOUT_PAPER.contains(shelf.holds())) {
            assertThat(description.paper()).as("paper").isNotBlank();
        }
    }

    private DynamicTest settings(Class<?> type) {
        return dynamicTest("says what every setting means", () -> checkSettings(type));
    }

    private void checkSettings(Class<?> type) {
        for (Setting setting : Setting.of(type)) {
            String name = type.getSimpleName() + "." + setting.key();
            assertThat(setting.doc()).as(name).isNotBlank();
            assertThat(setting.key()).as("type: names the entry").isNotEqualTo("type");
            assertThat(setting.optional() && setting.fallback() != null)
                    .as(name + " may be absent, so it has no default")
                    .isFalse();
            if (setting.item().isRecord()) {
                checkSettings(setting.item());
            } else {
                assertThat(shelves.holding(setting.item()).isPresent() || Scalars.reads(setting.item()))
                        .as(name + " can be written in a recipe")
                        .isTrue();
            }
        }
    }

    private <T> void roundTrips(Shelf<T> shelf, Entry<T> entry) {
        T plain = Samples.plain(shelves, shelf, entry);
        assertThat(again(shelf, plain)).isEqualTo(plain);
        Samples samples = new Samples(shelves, entry.name().hashCode());
        for (int i = 0; i < 60; i++) {
            T drawn = shelf.holds().cast(samples.draw(entry.type()));
            assertThat(again(shelf, drawn)).isEqualTo(drawn);
        }
    }

    private <T> T again(Shelf<T> shelf, T value) {
        String yaml = writer.write(value, shelf.holds());
        return reader.read(new RecipeText("written", yaml, null), shelf.holds());
    }

    @Test
    void everySettingOfARecipeItselfIsDescribed() {
        checkSettings(Experiment.class);
    }

    @Test
    void aRecipeMustNameItsDataItsNetworksAndItsAdversarialLoss() {
        assertThat(Setting.of(Experiment.class).stream()
                        .filter(Setting::required)
                        .map(Setting::key))
                .containsExactly("data", "model", "adversarial");
    }
}
