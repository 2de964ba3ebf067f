package duello.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duello.catalog.Failure;
import duello.method.adversarial.Hinge;
import duello.method.adversarial.Wasserstein;
import duello.method.condition.AuxiliaryClassifier;
import duello.method.condition.Contrastive;
import duello.method.condition.DiscriminativeClassifier;
import duello.method.condition.TwinClassifier;
import duello.method.regularize.R1;
import duello.model.BigResNet;
import duello.model.Codes;
import duello.train.AdamSettings;
import duello.train.SgdSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeReaderTest {
    private static final String GOOD = """
            title: A test
            data: {type: shapes}
            model: {type: big_resnet, latent: 40, generator: {width: 8, spectral_norm: true}}
            adversarial: {type: hinge}
            methods:
              - {type: 2c, temperature: 0.5}
              - {type: r1, weight: 3e-7}
            train:
              steps: 1e3
              generator: {type: adam, rate: 2e-4, beta1: 0}
            """;

    private final RecipeReader reader = new RecipeReader(Shelves.builtIn(), Recipes.shipped());

    private Experiment read(String yaml, String... settings) {
        return reader.read(new RecipeText("my.yaml", yaml, null), List.of(settings));
    }

    private void refused(String yaml, String... lines) {
        assertThatThrownBy(() -> read(yaml)).isInstanceOf(Failure.class).hasMessage(String.join("\n", lines));
    }

    private void refusedWith(String setting, String... lines) {
        assertThatThrownBy(() -> read(GOOD, setting))
                .isInstanceOf(Failure.class)
                .hasMessage(String.join("\n", lines));
    }

    @Test
    void whatIsWrittenIsReadAndTheRestHasItsDefault() {
        Experiment e = read(GOOD);
        assertThat(e.title()).isEqualTo("A test");
        assertThat(e.adversarial()).isEqualTo(new Hinge());
        assertThat(e.methods()).containsExactly(new Contrastive(1, 0.5, 512), new R1(3e-7));
        assertThat(e.train().steps()).isEqualTo(1000);
        assertThat(e.train().generator()).isEqualTo(new AdamSettings(2e-4, 0, 0.999, 1e-6, 0));
        assertThat(e.train().updates().discriminator()).isEqualTo(5);
        assertThat(e.train().average()).isNull();
        assertThat(((BigResNet) e.model()).generator().spectralNorm()).isTrue();
        assertThat(((BigResNet) e.model()).discriminator().width()).isEqualTo(64);
        assertThat(e.status()).isEqualTo(Status.EXAMPLE);
    }

    @Test
    void allProblemsAreReportedAtOnceWithTheirPlacesAndTheNearestNames() {
        refused(
                """
                data: {type: shapes, resolutoin: 32}
                model: {type: bigresnet}
                adversarial: {type: hinge}
                methods:
                  - {type: r1, gama: 1}
                  - {type: r1, weight: -1}
                train:
                  steps: "ten"
                  updates: {discriminator: 2.5}
                  flip: yes
                  precision: float16
                runs: {}
                """,
                "my.yaml:1:22   unknown key 'resolutoin' in dataset 'shapes' (did you mean 'resolution'?)",
                "my.yaml:2:15   model: there is no backbone 'bigresnet' (did you mean 'big_resnet'?)",
                "my.yaml:5:16   unknown key 'gama' in method 'r1'",
                "my.yaml:6:24   methods[1].weight: -1 is out of range; allowed: at least 0",
                "my.yaml:8:10   train.steps: \"ten\" is not a whole number",
                "my.yaml:9:28   train.updates.discriminator: \"2.5\" is not a whole number",
                "my.yaml:10:9   train.flip: \"yes\" is neither true nor false",
                "my.yaml:11:14  train.precision: \"float16\" is none of float32, bfloat16 (did you mean 'bfloat16'?)",
                "my.yaml:12:1   unknown key 'runs' (did you mean 'run'?)");
    }

    @Test
    void aMissingSettingIsNamedWithItsMeaning() {
        refused(
                "adversarial: {}",
                "my.yaml:1:1   data is missing: The images",
                "my.yaml:1:1   model is missing: The networks",
                "my.yaml:1:14  adversarial: its 'type' is missing; adversarial loss types are"
                        + " vanilla, logistic, least_squares, hinge, wasserstein, multi_hinge, relativistic");
    }

    @Test
    void aFarFetchedNameGetsTheWholeList() {
        assertThatThrownBy(() -> read(GOOD, "adversarial.type=zebra"))
                .hasMessage("command line:  adversarial: there is no adversarial loss 'zebra'; there are:"
                        + " vanilla, logistic, least_squares, hinge, wasserstein, multi_hinge, relativistic");
    }

    @Test
    void whatARecordRefusesIsReportedAtItsPlace() {
        assertThatThrownBy(() -> read(GOOD.replace("{type: shapes}", "{type: shapes, classes: 11}")))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith("my.yaml:2:7  data: classes must be 10");
    }

    @Test
    void aKeyWrittenTwiceIsAProblem() {
        refused(GOOD + "title: again\n", "my.yaml:11:1  the key 'title' is there twice (first at line 1)");
    }

    @Test
    void brokenYamlIsReportedWhereItBreaks() {
        assertThatThrownBy(() -> read("data: {type: shapes\nmodel: [")).hasMessageStartingWith("my.yaml:2:");
        assertThatThrownBy(() -> read("- a\n- b"))
                .hasMessage("my.yaml:1:1  a recipe is a mapping, 'key: value' line by line, not a list");
    }

    @Test
    void tagsAndExplodingAliasesAreRefused() {
        assertThatThrownBy(() -> read("title: !java.lang.Runtime {}\n"))
                .hasMessageContaining("the tag !java.lang.Runtime has no meaning here");
        StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 9; i++) {
            bomb.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ",").repeat(2) + "]\n");
        }
        String wide = bomb.append("z: [*a8,*a8,*a8]\n").toString();
        assertThatThrownBy(() -> read(wide)).isInstanceOf(Failure.class);
        assertThatThrownBy(() -> read("title: &a [*a, *a]\n")).isInstanceOf(Failure.class);
        assertThatThrownBy(() -> read("x: " + "[".repeat(5000))).isInstanceOf(Failure.class);
    }

    @Test
    void aNumberInQuotesIsText() {
        refused(GOOD.replace("1e3", "\"100\""), "my.yaml:9:10  train.steps: \"100\" is not a whole number");
    }

    @Test
    void settingsOfTheCommandLineWin() {
        Experiment e = read(
                GOOD,
                "train.steps=7",
                "methods[1].weight=2",
                "methods[2]={type: diffaugment}",
                "train.generator.beta1=0.25",
                "train.discriminator={type: sgd, momentum: 0.5}",
                "adversarial=wasserstein",
                "title=");
        assertThat(e.train().steps()).isEqualTo(7);
        assertThat(e.methods()).hasSize(3).contains(new R1(2));
        assertThat(e.train().generator()).isEqualTo(new AdamSettings(2e-4, 0.25, 0.999, 1e-6, 0));
        assertThat(e.train().discriminator()).isEqualTo(new SgdSettings(2e-4, 0.5, false, 0));
        assertThat(e.adversarial()).isEqualTo(new Wasserstein());
        assertThat(e.title()).isEqualTo("untitled");
    }

    @Test
    void problemsOfTheCommandLineAreReportedAsItsOwn() {
        refusedWith("train.stesp=7", "command line:  unknown key 'stesp' in 'train' (did you mean 'steps'?)");
        refusedWith("train.steps=ten", "command line:  train.steps: \"ten\" is not a whole number");
        refusedWith("train.steps", "command line:  \"train.steps\" is not of the form key.path=value");
        refusedWith(
                "methods[5].weight=1", "command line:  methods[5].weight: the list has only 2 items, counted from [0]");
        assertThatThrownBy(() -> read(GOOD, "train={")).hasMessageStartingWith("command line:  this is not YAML");
    }

    @Test
    void settingsThatDoNotGoTogetherAreReportedAtTheirPlace() {
        refused(
                GOOD + "  batch: 1\n  device: gpu\n  updates: {discriminator: 0, generator: 0}\n",
                "my.yaml:11:10  train.batch: methods[0] learns classes, for which images of a batch are compared; it needs at least 2 of them",
                "my.yaml:12:11  train.device: \"gpu\" is none of auto, cpu, cuda, cuda:0, ...",
                "my.yaml:13:12  train.updates: nobody moves; at least one player needs an update");
        refusedWith(
                "methods[2]={type: r1, weight: 3e-7}",
                "command line:  methods[2]: the same as methods[1]; leave one out");
        refusedWith(
                "methods[2]={type: infogan}",
                "command line:  methods[2]: it reads codes off the images, but the networks have none; add such as"
                        + " model.codes: {discrete: 1, categories: 10}");
        refusedWith(
                "logit={type: multi_hinge}",
                "command line:  logit: this head gives one score per class, which the adversarial loss does not read;"
                        + " set adversarial: {type: multi_hinge}");
    }

    @Test
    void methodsAreReadWithTheirPartners() {
        Experiment e = read(
                GOOD,
                "methods[2]={type: infogan}",
                "model.codes={discrete: 2}",
                "adversarial=multi_hinge",
                "logit=multi_hinge");
        assertThat(e.methods()).hasSize(3);
        assertThat(e.model().codes()).isEqualTo(new Codes(2, 10, 0, Codes.Injection.CONCAT));
        assertThat(e.logit().perClass() && e.adversarial().perClass()).isTrue();
    }

    @Test
    void aClassObjectiveIsReadWithinAMethodThatPlaysIt() {
        Experiment e =
                read(GOOD, "methods=[{type: tac, objective: {type: 2c, temperature: 0.5}, generator: 0.5}, adc]");
        assertThat(e.methods())
                .containsExactly(
                        new TwinClassifier(new Contrastive(1, 0.5, 512), 1, 0.5, TwinClassifier.Form.TWIN),
                        new DiscriminativeClassifier(new AuxiliaryClassifier(1, false)));
    }

    @Test
    void methodsThatExcludeEachOtherAreToldSo() {
        refusedWith(
                "methods=[{type: bcr}, {type: cr}]",
                "command line:  methods[1]: bcr compares the real images too, so cr would count them twice: it does "
                        + "not go with methods[0]; leave one out");
        for (String pair : List.of("cr}, {type: bcr", "cr}, {type: zcr", "logan}, {type: langevin")) {
            assertThatThrownBy(() -> read(GOOD, "methods=[{type: " + pair + "}]"))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("does not go with methods[0]; leave one out");
        }
        for (String pair : List.of("bcr}, {type: zcr", "gradient_penalty}, {type: dragan", "r1}, {type: lecam")) {
            assertThat(read(GOOD, "methods=[{type: " + pair + "}]").methods()).hasSize(2);
        }
    }

    @Test
    void aRecipeExtendsAnotherFile(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("base.yaml"), GOOD + "status: verified\n");
        Path mine = folder.resolve("mine.yaml");
        Files.writeString(mine, """
                extends: base
                methods: [{type: r1}]
                model: {latent: 80}
                train: {generator: {type: sgd}, steps: null}
                """);
        Experiment e = reader.read(mine.toString(), List.of());
        assertThat(e.title()).isEqualTo("A test");
        assertThat(e.methods()).as("a list replaces a list").containsExactly(new R1(1));
        assertThat(((BigResNet) e.model()).latent()).isEqualTo(80);
        assertThat(((BigResNet) e.model()).generator().width()).as("merged").isEqualTo(8);
        assertThat(e.train().generator()).as("another type").isEqualTo(new SgdSettings(2e-4, 0, false, 0));
        assertThat(e.train().steps()).as("null takes away").isEqualTo(100000);
        assertThat(e.status()).as("a claim is not inherited").isEqualTo(Status.EXAMPLE);
    }

    @Test
    void aProblemInTheBaseIsReportedInTheBase(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("base.yaml"), GOOD.replace("latent: 40", "latent: many"));
        Files.writeString(folder.resolve("mine.yaml"), "extends: base.yaml\nmodel: {share: 3}\n");
        assertThatThrownBy(() -> reader.read(folder.resolve("mine.yaml").toString(), List.of()))
                .hasMessageContaining("base.yaml:3:35  model.latent: \"many\" is not a whole number")
                .hasMessageContaining(
                        "mine.yaml:2:9   unknown key 'share' in backbone 'big_resnet' (did you mean 'shared'?)");
    }

    @Test
    void extendingInACircleOrNothingIsAProblem(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("a.yaml"), "extends: b\n");
        Files.writeString(folder.resolve("b.yaml"), "extends: ./a.yaml\n");
        assertThatThrownBy(() -> reader.read(folder.resolve("a.yaml").toString(), List.of()))
                .hasMessageContaining("extends: goes in a circle");
        assertThatThrownBy(() -> read("extends: shapes/contragam\n"))
                .hasMessageContaining("my.yaml:1:10  extends: there is no recipe 'shapes/contragam'");
    }
}
