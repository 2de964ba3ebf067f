package duello.method.adapt;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.method.Loss;
import duello.method.Method;
import duello.method.Step;
import duello.method.Table;
import duello.method.Term;
import duello.model.Latent;
import duello.torch.Draws;
import duello.torch.Forward;
import duello.torch.Ops;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;

/**
 * Dual contrastive learning, equations 4 to 8 of the paper. In the generator's loss a map of the trained generator must be
 * nearer to the source's map of the same latent than to those of other latents; in the discriminator's loss its map of a
 * generated image must be nearer to that of the source's image of the same latent than to those of the training images
 * (see {@link Contrast}).
 *
 * <p>Latents are fresh, of the prior, and pass neither latent nor code steps; the two generators have the same noise. The
 * discriminator's maps of the training images are those of its main view, so augmented where the recipe augments; the two
 * generators' images are not, unless they are the main fakes ({@code fresh: false}: beside relaxed_realism those of anchored
 * iterations are much alike). Images enter the discriminator's loss without gradient. A layer is drawn for each step, the
 * same for the whole batch.
 *
 * <p>Where a head judges that looks no further than one of the trunk's maps, as beside relaxed_realism in most iterations,
 * the layer is drawn of the maps up to that one.
 *
 * <p>The authors' list of the discriminator's maps has the second convolution of every block twice: name a map twice in
 * {@code discriminator_layers} and it is drawn twice as often.
 */
@Doc("DCL: maps of generator and discriminator are nearest to those of the source's image of the same latent")
@Paper("Zhao et al., A Closer Look at Few-shot Image Generation, CVPR 2022, arXiv 2205.03805")
public record DualContrast(
        @Doc("Weight of the contrast between generators") @Default("2") @Range(min = 0)
        double generator,

        @Doc("Weight of the contrast in the discriminator") @Default("0.5") @Range(min = 0)
        double discriminator,

        @Doc("Temperature") @Default("0.07") @Range(min = 0, above = true)
        double temperature,

        @Doc("How many latents are compared") @Default("4") @Range(min = 2, max = 4096)
        int batch,

        @Doc(
                "Whether the discriminator's contrast is of fresh latents; else of those of the main fakes, which is cheaper")
        @Default("true")
        boolean fresh,

        @Doc("Whether the positive stands in the denominator, as in InfoNCE; else the loss has no lower bound")
        @Default("true")
        boolean positive,

        @Doc("Which layer is compared in a step: random, first, last, or all, of which the mean is taken")
        @Default("random")
        Pick pick,

        @Doc("The generator's maps; empty for all but the first") @Default("[]")
        List<String> generatorLayers,

        @Doc("The discriminator's maps, twice for one that is drawn twice as often; empty for all") @Default("[]")
        List<String> discriminatorLayers)
        implements Method {
    private static final String NAME = "dcl";

    /** Which layers are compared in a step. */
    public enum Pick {
        RANDOM {
            @Override
            List<String> of(List<String> layers, Draws draws) {
                return List.of(layers.get(draws.pick(layers.size())));
            }
        },
        FIRST {
            @Override
            List<String> of(List<String> layers, Draws draws) {
                return List.of(layers.get(0));
            }
        },
        LAST {
            @Override
            List<String> of(List<String> layers, Draws draws) {
                return List.of(layers.get(layers.size() - 1));
            }
        },
        ALL {
            @Override
            List<String> of(List<String> layers, Draws draws) {
                return layers;
            }
        };

        abstract List<String> of(List<String> layers, Draws draws);
    }

    public DualContrast {
        generatorLayers = List.copyOf(generatorLayers);
        discriminatorLayers = List.copyOf(discriminatorLayers);
    }

    @Override
    public boolean needsSource() {
        return true;
    }

    @Override
    public Method build(Table table) {
        return new Played(
                this,
                LayerChoice.ofGenerator(generatorLayers, table.generator().layers()),
                LayerChoice.of(discriminatorLayers, table.discriminator().layers()));
    }

    private record Played(DualContrast settings, List<String> ofGenerator, List<String> ofDiscriminator)
            implements Term {
        private Contrast contrast() {
            return new Contrast(settings.temperature, settings.positive);
        }

        @Override
        public void generator(Step s, Loss loss) {
            if (settings.generator == 0) {
                return;
            }
            List<String> layers = settings.pick.of(ofGenerator, s.shared(NAME + ".layer"));
            Set<String> names = Set.copyOf(layers);
            Latent latent = s.latent(NAME, settings.batch);
            SideMaps maps = new SideMaps(s);
            Map<String, Tensor> source = maps.source(latent, names, s.side(NAME));
            Map<String, Tensor> target = maps.target(latent, names, s.side(NAME));
            Tensor mean = mean(
                    layers,
                    layer -> contrast().generators(SideMaps.required(target, layer), SideMaps.required(source, layer)));
            loss.add(NAME, settings.generator, mean);
        }

        @Override
        public void discriminator(Step s, Loss loss) {
            if (settings.discriminator == 0) {
                return;
            }
            List<String> layers = settings.pick.of(seen(s), s.shared(NAME + ".layer"));
            Maps maps = settings.fresh ? fresh(s, layers) : ofMain(s, layers);
            Tensor mean = mean(
                    layers,
                    layer -> contrast()
                            .discriminators(
                                    maps.target.apply(layer),
                                    maps.source.apply(layer),
                                    s.onReal().features().map(layer)));
            loss.add(NAME, settings.discriminator, mean);
        }

        /** Those of the discriminator's maps that the logit head looks through; if it sees none of them, all. */
        private List<String> seen(Step s) {
            List<String> there = s.table().discriminator().layers();
            String last = s.logit().layer();
            int end = last == null ? there.size() : there.indexOf(last) + 1;
            List<String> seen =
                    ofDiscriminator.stream().filter(l -> there.indexOf(l) < end).toList();
            return seen.isEmpty() ? ofDiscriminator : seen;
        }

        /** The discriminator's maps of generated images by their layers. */
        private record Maps(Function<String, Tensor> target, Function<String, Tensor> source) {}

        private Maps fresh(Step s, List<String> layers) {
            Set<String> names = Set.copyOf(layers);
            SideMaps side = new SideMaps(s);
            Latent latent = s.latent(NAME, settings.batch);
            Map<String, Tensor> target = side.discriminator(side.targetImages(latent, s.side(NAME)), names);
            Map<String, Tensor> source = side.discriminator(side.sourceImages(latent, s.side(NAME)), names);
            return new Maps(l -> SideMaps.required(target, l), l -> SideMaps.required(source, l));
        }

        private Maps ofMain(Step s, List<String> layers) {
            SideMaps side = new SideMaps(s);
            Forward noisy = s.pass(Forward.BATCH_STATISTICS.withNoise(s.noise()));
            Map<String, Tensor> source = side.discriminator(side.sourceImages(s.latent(), noisy), Set.copyOf(layers));
            return new Maps(l -> s.onFake().features().map(l), l -> SideMaps.required(source, l));
        }

        private static Tensor mean(List<String> layers, Function<String, Tensor> loss) {
            Tensor sum = layers.stream().map(loss).reduce(Tensor::add).orElseThrow();
            return layers.size() == 1 ? sum : Ops.mul(sum, 1.0 / layers.size());
        }
    }
}
