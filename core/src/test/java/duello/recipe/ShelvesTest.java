package duello.recipe;

import static duello.catalog.Entry.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.method.Method;
import duello.method.Term;
import duello.recipe.yaml.Nearest;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShelvesTest {
    @Doc("A user's own")
    @Paper("Someone, Something, 2020")
    record Own(
            @Doc("How much") @Default("0.5") @Range(min = 0, above = true, max = 1)
            double weight) implements Term {}

    private static Extension adding(String name) {
        return () -> List.of(new Extension.Addition<>(Method.class, entry(name, Own.class)));
    }

    @Test
    void anExtensionsMethodIsReadLikeABuiltInOne() {
        RecipeReader reader = new RecipeReader(Shelves.builtIn().with(adding("own")), Recipes.shipped());
        Method method = reader.read(new RecipeText("x", "{type: own}", null), Method.class);
        assertThat(method).isEqualTo(new Own(0.5));
    }

    @Test
    void aNameThatIsTakenIsRefused() {
        assertThatThrownBy(() -> Shelves.builtIn().with(adding("r1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two entries of one name");
    }

    @Test
    void aShelfThatIsNotThereIsRefused() {
        Extension wrong = () -> List.of(new Extension.Addition<>(Term.class, entry("own", Own.class)));
        assertThatThrownBy(() -> Shelves.builtIn().with(wrong)).hasMessageContaining("which there is not");
    }

    @Test
    void anEntryIsDescribedByItsAnnotations() {
        Shelves.Description own = Shelves.describe(entry("own", Own.class));
        assertThat(own.doc()).isEqualTo("A user's own");
        assertThat(own.paper()).isEqualTo("Someone, Something, 2020");
        Setting weight = own.settings().get(0);
        assertThat(weight.key()).isEqualTo("weight");
        assertThat(weight.fallback()).isEqualTo("0.5");
        assertThat(weight.allowed()).isEqualTo("above 0, at most 1");
        assertThat(weight.required()).isFalse();
    }

    @Test
    void slipsOfTheKeyboardAreNearAndOtherWordsAreNot() {
        assertThat(Nearest.distance("gamma", "gama")).isEqualTo(1);
        assertThat(Nearest.distance("rate", "raet")).isEqualTo(1);
        assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(Nearest.to("diffaug", List.of("r1", "diffaugment"))).contains("diffaugment");
        assertThat(Nearest.to("r3", List.of("r1", "2c"))).contains("r1");
        assertThat(Nearest.to("zebra", List.of("hinge", "vanilla"))).isEmpty();
    }

    @Test
    void numbersAreWrittenAsPeopleWriteThem() {
        assertThat(Numbers.text(64)).isEqualTo("64");
        assertThat(Numbers.text(0.5)).isEqualTo("0.5");
        assertThat(Numbers.text(2e-4)).isEqualTo("2e-4");
        assertThat(Numbers.text(2.8284271e-4)).isEqualTo("2.8284271e-4");
        assertThat(Numbers.text(1e6)).isEqualTo("1000000");
        assertThat(Numbers.text(1e300)).isEqualTo("1e300");
    }
}
