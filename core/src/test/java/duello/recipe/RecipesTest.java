package duello.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import duello.catalog.Doc;
import duello.catalog.Entry;
import duello.catalog.Failure;
import duello.data.DataSource;
import duello.data.Dataset;
import duello.data.Split;
import duello.dist.Collective;
import duello.method.Method;
import duello.method.Table;
import duello.model.Discriminator;
import duello.model.Generator;
import duello.model.Head;
import duello.model.ImageDomain;
import duello.model.Latent;
import duello.torch.Devices;
import duello.torch.Draws;
import duello.torch.Forward;
import duello.torch.Ops;
import duello.torch.Scope;
import duello.torch.SeededDraws;
import duello.train.AdamSettings;
import duello.train.AverageSettings;
import duello.train.StepDecaySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RecipesTest {
    /** Sizes do not depend on how weights start, and orthogonal starts of wide networks take seconds. */
    private static final List<String> NARROW_STYLE =
            List.of("model.mapping.width=8", "model.generator.channel_base=64", "model.discriminator.channel_base=64");

    private static boolean style(String name) {
        return name.contains("/stylegan");
    }

    private static final List<String> QUICK_START = List.of("model.generator.init=n02", "model.discriminator.init=n02");

    private static final List<String> NARROW = Stream.concat(
                    QUICK_START.stream(), Stream.of("model.generator.width=8", "model.discriminator.width=8"))
            .toList();

    private final Shelves shelves = withCifar(Shelves.builtIn());
    private final RecipeReader reader = new RecipeReader(shelves, Recipes.shipped());

    /** Stands in for CIFAR-10, whose settings matter here and whose images do not. */
    @Doc("settings only")
    record NoImages() implements DataSource {
        @Override
        public int resolution() {
            return 32;
        }

        @Override
        public Dataset open(Split split) {
            throw new UnsupportedOperationException();
        }
    }

    private static Shelves withCifar(Shelves shelves) {
        boolean there =
                shelves.holding(DataSource.class).orElseThrow().find("cifar10").isPresent();
        return there
                ? shelves
                : shelves.with(() ->
                        List.of(new Extension.Addition<>(DataSource.class, Entry.entry("cifar10", NoImages.class))));
    }

    static Stream<String> shipped() {
        return Recipes.list().stream();
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void everyShippedRecipeReadsAndIsTheSameWrittenOutInFull(String name) {
        Experiment experiment = reader.read(name, List.of());
        assertThat(experiment.title()).isNotEqualTo("untitled");
        assertThat(experiment.paper()).matches(".*(19|20)\\d\\d.*");
        String complete = new RecipeWriter(shelves).write(experiment);
        assertThat(complete).doesNotContain("extends");
        assertThat(reader.read(new RecipeText("complete", complete, null), List.of()))
                .isEqualTo(experiment);
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void onlyPortedAndVerifiedRecipesQuoteScores(String name) {
        Experiment experiment = reader.read(name, List.of());
        assertThat(experiment.status()).isNotEqualTo(Status.VERIFIED);
        if (experiment.published() != null) {
            assertThat(experiment.status()).isEqualTo(Status.PORTED);
            assertThat(experiment.published().protocol()).isNotBlank();
        }
    }

    /** The counts that the reference's networks have with the published settings. */
    @ParameterizedTest
    @CsvSource({
        "cifar10/dcgan, 3812355, 2931009",
        "cifar10/lsgan, 3812355, 2931009",
        "cifar10/wgan-gp, 4276739, 1055879",
        "cifar10/sngan, 4304387, 1055105",
        "cifar10/projgan, 4304387, 1057159",
        "cifar10/acgan, 4304387, 1057159",
        "cifar10/sagan, 4386308, 1075586",
        "cifar10/biggan, 9416196, 2415170",
        "cifar10/contragan, 9416196, 2517186",
        "cifar10/reacgan, 9416196, 2517186",
        "cifar10/ggan, 3812355, 2931009",
        "cifar10/wgan-wc, 4276739, 1055879",
        "cifar10/wgan-dra, 4276739, 1055879",
        "cifar10/biggan-uncond, 8825092, 2413250",
        "cifar10/reacgan-adc, 9416196, 2522306",
        "cifar10/acgan-big-tac, 9416196, 2417090",
        "cifar10/mhgan, 9416196, 2415180",
        "cifar10/mdgan, 9416196, 2414987",
        "cifar10/biggan-info, 10007428, 2417090",
        "cifar10/biggan-deep, 7762948, 2908930",
        "cifar10/biggan-deep-studiogan, 9338884, 3177730",
        "cifar10/stylegan2, 20215315, 23089664",
        "cifar10/stylegan2-uncond, 19947539, 20720641",
        "cifar10/stylegan2-d2dce, 20215315, 21251585"
    })
    void theNetworksOfPublishedRecipesHaveThePublishedSizes(String name, long generator, long discriminator) {
        try (Scope scope = Scope.open()) {
            Table table = table(reader.read(name, style(name) ? List.of() : QUICK_START));
            assertThat(table.generator().module().parameterCount()).isEqualTo(generator);
            assertThat(table.discriminator().module().parameterCount()).isEqualTo(discriminator);
        }
    }

    static Stream<String> small() {
        return shipped().filter(name -> name.startsWith("shapes/") || name.startsWith("cifar10/"));
    }

    @ParameterizedTest
    @MethodSource("small")
    void narrowNetworksOfSmallImagesJudgeWhatTheyDraw(String name) {
        Experiment narrow = reader.read(name, style(name) ? NARROW_STYLE : NARROW);
        assertThat(narrow.check()).isEmpty();
        try (Scope scope = Scope.open()) {
            Table table = table(narrow);
            Draws draws = new SeededDraws(3, Devices.CPU);
            Latent latent = new Latent(
                    table.generator().space().draw(draws, 2),
                    draws.ints(table.domain().classes(), 2));
            double[] scores = Scope.noGrad(() -> Ops.toDoubles(table.score(latent, Forward.TRAINING)));
            assertThat(DoubleStream.of(scores).boxed()).hasSize(2).allMatch(Double::isFinite);
        }
    }

    private static Table table(Experiment e) {
        ImageDomain domain = new ImageDomain(e.data().resolution(), 10);
        Generator g = e.model().generator(domain, 1, Devices.CPU);
        Discriminator d = e.model().discriminator(domain, 2, Devices.CPU);
        Head logit = e.logit().build(d.site(), domain.classes());
        Table table =
                new Table(new Table.Networks(g, g, d, logit), domain, Table.Data.NONE, Devices.CPU, Collective.LOCAL);
        for (Method method : e.methods()) {
            method.build(table);
        }
        return table;
    }

    @Test
    void theIndexNamesExactlyTheRecipesThatThereAre() throws IOException {
        Path folder = Path.of("..", "recipes");
        try (Stream<Path> files = Files.walk(folder)) {
            List<String> there = files.filter(f -> f.toString().endsWith(".yaml"))
                    .map(f -> folder.relativize(f).toString().replace('\\', '/').replace(".yaml", ""))
                    .filter(name -> !name.startsWith("base/") && !name.startsWith("adapt/"))
                    .toList();
            assertThat(Recipes.list())
                    .containsExactlyInAnyOrderElementsOf(there)
                    .startsWith(Recipes.DEFAULT);
        }
    }

    @Test
    void theIndexOfAdaptationsNamesExactlyThoseThatThereAre() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("..", "recipes", "adapt"))) {
            List<String> there = files.map(f -> f.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .map(name -> name.replace(".yaml", ""))
                    .toList();
            assertThat(Recipes.adaptations()).containsExactlyInAnyOrderElementsOf(there);
        }
        assertThatThrownBy(() -> Recipes.shipped().adaptation("dlc"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("did you mean 'dcl'?")
                .hasMessageContaining("tgan-ada");
    }

    static Stream<String> adaptations() {
        return Recipes.adaptations().stream();
    }

    @ParameterizedTest
    @MethodSource("adaptations")
    void anAdaptationTakesTheSourcesNetworksAndNothingElse(String name) {
        List<String> settings = List.of("data={type: image_folder, path: shots}", "source={checkpoint: first}");
        Experiment adapted = reader.adaptation("shapes/projgan", name, settings);
        Experiment source = reader.read("shapes/projgan", List.of());
        assertThat(adapted.model()).isEqualTo(source.model());
        assertThat(adapted.logit()).isEqualTo(source.logit());
        assertThat(adapted.title())
                .isNotEqualTo(source.title())
                .isEqualTo(reader.title(Recipes.shipped().adaptation(name)));
        assertThat(adapted.paper()).matches(".*(19|20)\\d\\d.*");
        assertThat(adapted.train().replacement()).isTrue();
        AverageSettings average = Objects.requireNonNull(adapted.train().average());
        assertThat(average.decay()).isCloseTo(Math.pow(0.5, 32.0 / 10000), within(1e-7));
        String complete = new RecipeWriter(shelves).write(adapted);
        assertThat(reader.read(new RecipeText("complete", complete, null), List.of()))
                .isEqualTo(adapted);
    }

    @Test
    void theRateOfBatchStatisticsFallsAsPublished() {
        List<String> settings = List.of("data={type: image_folder, path: shots}", "source={checkpoint: first}");
        AdamSettings first = new AdamSettings(0.03, 0.9, 0.999, 1e-8, 0);
        assertThat(reader.adaptation("faces/stylegan2", "bsa", settings).train().generator())
                .isEqualTo(new StepDecaySettings(first, 0.2, 3000));
    }

    @Test
    void anAdaptationLeavesOutWhatIsForMappingNetworksWhereThereIsNoneAndSaysSo() {
        List<String> settings = List.of("data={type: image_folder, path: shots}", "source={checkpoint: first}");
        List<String> notes = new ArrayList<>();
        RecipeReader telling = new RecipeReader(shelves, Recipes.shipped(), notes::add);

        List<Method> without =
                telling.adaptation("shapes/projgan", "cdc", settings).methods();
        assertThat(without).hasSize(3).noneMatch(Method::needsMapping);
        assertThat(notes)
                .containsExactly(
                        "without path_length, style_mixing: for mapping networks, which the source has none of");

        notes.clear();
        List<Method> with =
                telling.adaptation("faces/stylegan2", "cdc", settings).methods();
        assertThat(with).hasSize(5).containsAll(without);
        assertThat(notes).isEmpty();
    }

    @Test
    void whatComparesWithASourceIsRefusedWithoutOne() {
        for (String type : List.of("cdc", "dcl", "ewc", "self_correlation")) {
            assertThatThrownBy(() -> reader.read("shapes/dcgan", List.of("methods=[{type: " + type + "}]")))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("methods[0]")
                    .hasMessageContaining("source: {checkpoint: ");
        }
        assertThatThrownBy(() -> reader.read("shapes/dcgan", List.of("methods=[{type: bsa}]")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("train.updates.discriminator");
    }

    @Test
    void aWrongNameIsAnsweredWithTheNearest() {
        assertThatThrownBy(() -> Recipes.shipped().find("shapes/contragn"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("(did you mean 'shapes/contragan'?)");
        assertThatThrownBy(() -> Recipes.shipped().find("reacgan")).hasMessageContaining("'shapes/reacgan'");
        assertThatThrownBy(() -> Recipes.shipped().find("../base/shapes")).isInstanceOf(Failure.class);
    }

    @Test
    void ownRecipesAreFoundByFileAndByName(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("mine"));
        Files.writeString(folder.resolve("mine/first.yaml"), "extends: shapes/dcgan\ntrain: {steps: 5}\n");
        RecipeReader own = new RecipeReader(shelves, new Recipes(folder));
        assertThat(own.read("mine/first", List.of()).train().steps()).isEqualTo(5);
        assertThat(own.read(folder.resolve("mine/first.yaml").toString(), List.of())
                        .train()
                        .steps())
                .isEqualTo(5);
        assertThatThrownBy(() -> own.read(folder.toString(), List.of())).hasMessageContaining("is a folder");
    }

    @Test
    void whatIsNoTextIsRefusedInOneLine(@TempDir Path folder) throws IOException {
        Path binary = folder.resolve("x.yaml");
        Files.write(binary, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        assertThatThrownBy(() -> Recipes.shipped().find(binary.toString())).hasMessageContaining("is not UTF-8 text");
        Files.write(binary, new byte[2 << 20]);
        assertThatThrownBy(() -> Recipes.shipped().find(binary.toString())).hasMessageContaining("larger than 1 MiB");
    }
}
