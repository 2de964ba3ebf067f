package duello.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duello.catalog.Failure;
import duello.method.regularize.R1;
import duello.recipe.Experiment;
import duello.recipe.RecipeReader;
import duello.train.Setup;
import duello.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The GANs that both sides of the race train: their options, and that both sides mean the same. */
class GansTest {
    private static Gan chosen(String... args) {
        return Gans.chosen(args, Set.of("threads")).gan();
    }

    @Test
    void aGanHasItsOwnOptionsAndNotTheOthers() {
        assertThat(chosen("--gan", "stylegan2", "--threads", "1", "--channels", "8"))
                .isEqualTo(new NarrowStyleGan2(8, 16));
        assertThat(chosen("--batch", "8")).isEqualTo(new ContraGan(32, 8, 5, 32));
        assertThatThrownBy(() -> chosen("--gan", "stylegan2", "--width", "8"))
                .isInstanceOf(Failure.class)
                .hasMessage("unknown option '--width'; there are --batch, --channels, --gan, --threads");
        assertThatThrownBy(() -> chosen("--gan", "stylegan2", "--batch", "1")).hasMessage("--batch: 1 is less than 2");
        assertThatThrownBy(() -> chosen("--gan", "stylegan"))
                .isInstanceOf(Failure.class)
                .hasMessage("there is no gan 'stylegan'; there are contragan, stylegan2");
        assertThatThrownBy(() -> chosen("--gan")).hasMessage("option '--gan' needs a value");
    }

    @Test
    void whatTheRaceHandsToItsSidesIsTheSameGan() {
        for (Gan gan : List.of(new ContraGan(3, 5, 2, 32), new NarrowStyleGan2(7, 6))) {
            List<String> args = new ArrayList<>(List.of("--gan", gan.name()));
            gan.sizes().forEach((name, value) -> args.addAll(List.of("--" + name, String.valueOf(value))));
            assertThat(chosen(args.toArray(String[]::new))).isEqualTo(gan);
        }
    }

    @Test
    void thePeerOfEveryGanHasTheSameOptionsAndDefaults() throws IOException {
        for (Gan gan : Gans.ALL) {
            String peer = Files.readString(Path.of("peers", gan.name() + "_step.py"));
            gan.sizes().forEach((name, value) -> assertThat(peer).containsPattern(", " + name + "=" + value + "[,)]"));
        }
    }

    @Test
    void styleGan2IsTheRecipesButForTheAverage() {
        Experiment recipe = RecipeReader.standard().read("faces/stylegan2", List.of());
        Setup raced = NarrowStyleGan2.FACES.setup();
        assertThat(raced.players().backbone()).isEqualTo(recipe.model());
        assertThat(raced.players().logit()).isEqualTo(recipe.logit());
        assertThat(raced.adversarial()).isEqualTo(recipe.adversarial());
        assertThat(raced.methods()).isEqualTo(recipe.methods());
        assertThat(raced.train())
                .usingRecursiveComparison()
                .comparingOnlyFields(
                        "batch", "accumulate", "updates", "generator", "discriminator", "flip", "precision")
                .isEqualTo(recipe.train());
        assertThat(raced.train().average()).isNull();
    }

    @Test
    void everyTurnOfStyleGan2HasOneUpdateByR1() {
        assertThat(NarrowStyleGan2.FACES.setup().methods())
                .filteredOn(R1.class::isInstance)
                .singleElement()
                .isEqualTo(new R1(1, NarrowStyleGan2.FACES.block(), R1.Where.OWN));
    }

    @Test
    void styleGan2HasAsManyParametersAsItsPeer() {
        try (Trainer trainer = NarrowStyleGan2.FACES.trainer()) {
            assertThat(trainer.table().generator().module().parameterCount()).isEqualTo(283_464);
            assertThat(trainer.table().discriminator().module().parameterCount())
                    .isEqualTo(296_401);
        }
    }

    @Test
    void atWidth96ContraGanIsThePublishedOne() {
        try (Trainer trainer = new ContraGan(96, 64, 5, 32).trainer()) {
            assertThat(trainer.table().generator().module().parameterCount()).isEqualTo(9_416_196);
            assertThat(trainer.table().discriminator().module().parameterCount())
                    .isEqualTo(2_517_186);
        }
    }
}
