package duello.train;

import duello.data.Dataset;
import duello.data.MemoryDataset;
import duello.data.Pixels;
import duello.dist.Collective;
import duello.method.Adversarial;
import duello.method.Method;
import duello.method.Player;
import duello.method.Table;
import duello.method.adversarial.Hinge;
import duello.method.condition.PlainLogit;
import duello.model.Activation;
import duello.model.Backbone;
import duello.model.BigResNet;
import duello.model.Discriminator;
import duello.model.Generator;
import duello.model.ImageDomain;
import duello.model.Latent;
import duello.model.LogitHead;
import duello.model.NetworkSettings;
import duello.model.Prior;
import duello.recipe.RecipeReader;
import duello.recipe.RecipeText;
import duello.recipe.Shelves;
import duello.torch.Devices;
import duello.torch.Forward;
import duello.torch.Init;
import duello.torch.Ops;
import duello.torch.Scope;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** The smallest run that has everything: 16 px, 3 classes, batches of 4. */
record Tiny(Setup.Players players, Adversarial adversarial, List<Method> methods, TrainSettings train) {
    static final int CLASSES = 3;

    private static final String CODED = """
            type: big_resnet
            latent: 6
            shared: 5
            generator: {width: 4, spectral_norm: true}
            discriminator: {width: 4, spectral_norm: true}
            codes: {discrete: 2, categories: 3, continuous: 2}
            """;

    static Tiny plain() {
        return new Tiny(new Setup.Players(bigResNet(), new PlainLogit()), new Hinge(), List.of(), settings(0));
    }

    /** The same with one update of one micro batch for each player. */
    static Tiny once() {
        return plain().with(settings(0, 1, new Turns(1, 1, true)));
    }

    static BigResNet bigResNet() {
        NetworkSettings g = new NetworkSettings(4, true, List.of(1), Activation.RELU, Init.Rule.ORTHO);
        NetworkSettings d = new NetworkSettings(4, true, List.of(1), Activation.RELU, Init.Rule.ORTHO);
        return new BigResNet(g, d, 6, 5, Prior.GAUSSIAN, true, null);
    }

    static TrainSettings settings(long seed) {
        return settings(seed, 2, new Turns(2, 1, true));
    }

    static TrainSettings settings(long seed, int accumulate, Turns turns) {
        AdamSettings adam = new AdamSettings(2e-4, 0.5, 0.999, 1e-6, 0);
        return new TrainSettings(
                100,
                4,
                accumulate,
                turns,
                adam,
                adam,
                new AverageSettings(0.9, 2),
                true,
                false,
                Precision.FLOAT32,
                Together.STANDARD,
                "cpu",
                seed);
    }

    Backbone backbone() {
        return players.backbone();
    }

    LogitHead logit() {
        return players.logit();
    }

    /** The same from weights that were trained before. */
    Tiny from(@Nullable Source source) {
        return new Tiny(new Setup.Players(backbone(), logit(), source), adversarial, methods, train);
    }

    Tiny with(Method... others) {
        return new Tiny(players, adversarial, List.of(others), train);
    }

    Tiny with(Backbone other) {
        return new Tiny(new Setup.Players(other, logit(), players.source()), adversarial, methods, train);
    }

    Tiny with(LogitHead other) {
        return new Tiny(new Setup.Players(backbone(), other, players.source()), adversarial, methods, train);
    }

    Tiny with(Adversarial other) {
        return new Tiny(players, other, methods, train);
    }

    Tiny with(TrainSettings other) {
        return new Tiny(players, adversarial, methods, other);
    }

    /** The same with other optimisers. */
    Tiny with(OptimizerSettings generator, OptimizerSettings discriminator) {
        return with(new TrainSettings(
                train.steps(),
                train.batch(),
                train.accumulate(),
                train.updates(),
                generator,
                discriminator,
                train.average(),
                train.flip(),
                train.replacement(),
                train.precision(),
                train.processes(),
                train.device(),
                train.seed()));
    }

    /** The same with the partners that its parts cannot be without: codes to read, a head for a loss per class. */
    Tiny suited() {
        Tiny suited = this;
        if (methods.stream().anyMatch(Method::needsCodes) && backbone().codes() == null) {
            suited = suited.with(read(Backbone.class, CODED));
        }
        if (methods.stream().anyMatch(Method::needsMapping)
                && !suited.backbone().maps()) {
            suited = suited.with(Family.STYLE.smallest());
        }
        if (adversarial.perClass() && !logit().perClass()) {
            suited = suited.with(the(LogitHead.class, LogitHead::perClass));
        }
        if (logit().perClass() && !adversarial.perClass()) {
            suited = suited.with(the(Adversarial.class, Adversarial::perClass));
        }
        if (methods.stream().anyMatch(Method::needsSource) && players.source() == null) {
            suited = suited.from(new Untrained(suited.backbone()));
        }
        if (methods.stream().anyMatch(m -> m.idles(Player.DISCRIMINATOR))) {
            suited = suited.with(settings(0, 2, new Turns(0, 1, true)));
        }
        return suited;
    }

    /** Networks that nobody trained, as a source: those of another seed. */
    private record Untrained(Backbone backbone) implements Source {
        @Override
        public String name() {
            return "untrained networks";
        }

        @Override
        public ImageDomain domain() {
            return new ImageDomain(16, CLASSES);
        }

        @Override
        public Map<String, Tensor> tensors(Part part) {
            Discriminator d = backbone.discriminator(domain(), 91, Devices.CPU);
            Generator g = backbone.generator(domain(), 90, Devices.CPU);
            // Vectors of spectral normalisation that nobody iterated make networks that are saturated everywhere.
            for (int i = 0; i < 5; i++) {
                Latent latent = new Latent(Ops.zeros(Devices.CPU, 1, g.space().size()), Ops.tensor(new long[1], 1));
                Scope.noGrad(() -> d.trunk(g.images(latent, Forward.ITERATING_EVALUATION), Forward.TRACELESS));
            }
            return (part == Part.DISCRIMINATOR ? d.module() : g.module()).state();
        }

        @Override
        public boolean withDiscriminator() {
            return true;
        }
    }

    private static <T> T the(Class<T> shelf, Predicate<T> suits) {
        return names(shelf).stream()
                .map(name -> plain(shelf, name))
                .filter(suits)
                .findFirst()
                .orElseThrow();
    }

    /** The names of a shelf's entries. */
    static List<String> names(Class<?> shelf) {
        return Shelves.builtIn().holding(shelf).orElseThrow().names();
    }

    /** An entry with its defaults. */
    static <T> T plain(Class<T> shelf, String name) {
        return read(shelf, "type: " + name);
    }

    static <T> T read(Class<T> type, String yaml) {
        return RecipeReader.standard().read(new RecipeText(type.getSimpleName(), yaml, null), type);
    }

    Trainer trainer() {
        return new Trainer(new Setup(
                players, adversarial, methods, train, new Table.Data(images(), Tiny::images), Collective.LOCAL));
    }

    /** 40 images of noise with a different brightness per class. */
    static Dataset images() {
        int count = 40;
        Pixels pixels = new Pixels(count, 16);
        int[] labels = new int[count];
        Random random = new Random(1);
        byte[] image = new byte[3 * 16 * 16];
        for (int i = 0; i < count; i++) {
            labels[i] = i % CLASSES;
            for (int j = 0; j < image.length; j++) {
                image[j] = (byte) (60 * labels[i] + random.nextInt(80));
            }
            pixels.write(i, image, 0);
        }
        return new MemoryDataset("noise", List.of("dark", "grey", "light"), labels, pixels);
    }
}
