package duello.recipe.studiogan;

import static org.assertj.core.api.Assertions.assertThat;

import duello.recipe.yaml.Place;
import duello.recipe.yaml.Problems;
import duello.recipe.yaml.Tree.Fields;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchemaTest {
    private final Schema schema = Schema.ALL;

    private Settings defaults() {
        Fields empty = new Fields(Place.of("f.yaml"), Map.of());
        return new SettingsReader(schema, new Problems(), note -> {}).read(empty);
    }

    @Test
    void theTableHasTheReferencesSectionsAndKeys() {
        assertThat(schema.sections())
                .containsExactly("DATA", "MODEL", "LOSS", "OPTIMIZATION", "PRE", "AUG", "STYLEGAN");
        assertThat(schema.sections().stream()
                        .map(section -> schema.names(section).size()))
                .containsExactly(4, 31, 45, 16, 1, 15, 13);
    }

    @Test
    void everyKeySaysWhatItMeansAndHasADefaultOfItsOwnKind() {
        Settings settings = defaults();
        assertThat(schema.keys()).allSatisfy(key -> {
            assertThat(key.meaning()).as(key.path()).hasSizeGreaterThan(5);
            boolean unset = settings.value(key.path()).content() == Value.Missing.UNSET;
            assertThat(unset && key.blank() == Key.Blank.NONE).as(key.path()).isFalse();
        });
    }

    @Test
    void defaultsAreTheReferences() {
        Settings settings = defaults();
        assertThat(settings.text("MODEL.backbone")).isEqualTo("resnet");
        assertThat(settings.value("OPTIMIZATION.g_lr").content()).isEqualTo(new BigDecimal("0.0002"));
        assertThat(settings.whole("OPTIMIZATION.d_updates_per_step")).isEqualTo(5);
        assertThat(settings.on("PRE.apply_rflip")).isTrue();
        assertThat(settings.has("MODEL.attn_g_loc")).isFalse();
        assertThat(settings.value("STYLEGAN.cond_type").content()).isEqualTo(List.of("PD", "SPD", "2C", "D2DCE"));
    }

    @Test
    void boundsAreReadAsTheyAreWritten() {
        assertThat(new Allowed("at least 1").holds(BigDecimal.ONE)).isTrue();
        assertThat(new Allowed("at least 1").holds(BigDecimal.ZERO)).isFalse();
        assertThat(new Allowed("above 0").holds(BigDecimal.ZERO)).isFalse();
        assertThat(new Allowed("above 0").holds(new BigDecimal("1e300"))).isTrue();
        assertThat(new Allowed("0 to 1").holds(BigDecimal.ZERO)).isTrue();
        assertThat(new Allowed("above 0 to 1").holds(BigDecimal.ONE)).isTrue();
        assertThat(new Allowed("above 0 to 1").holds(new BigDecimal("1.01"))).isFalse();
        assertThat(new Allowed("-1 to 1").holds(new BigDecimal("-0.5"))).isTrue();
    }

    @Test
    void everyRuleAndNeedNamesKeysThatExist() {
        Settings settings = defaults();
        assertThat(Need.ALL).allSatisfy(need -> {
            assertThat(settings.value(need.decider())).isNotNull();
            assertThat(need.keys())
                    .allSatisfy(key -> assertThat(settings.value(key)).isNotNull());
        });
        assertThat(List.of(NetworkRules.ALL, LossRules.ALL, StyleGanRules.ALL))
                .allSatisfy(rules -> assertThat(rules).allSatisfy(rule -> {
                    assertThat(rule.keys())
                            .allSatisfy(key -> assertThat(settings.value(key)).isNotNull());
                    assertThat(rule.broken().test(settings)).as(rule.advice()).isFalse();
                }));
    }
}
