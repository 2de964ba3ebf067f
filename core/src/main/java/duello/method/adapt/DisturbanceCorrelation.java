package duello.method.adapt;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.method.Cadence;
import duello.method.Loss;
import duello.method.Method;
import duello.method.Player;
import duello.method.Step;
import duello.method.Table;
import duello.method.Term;
import duello.model.Latent;
import duello.torch.Forward;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * RSSA's disturbance correlation consistency: positions of one image are as alike to those of another as in the source's
 * images of the same latents (see {@link Correlation}). Latents are independent, as in the authors' code, whatever the name
 * says. Maps of 64 rows or more are cut into 4 x 4 windows. Summed over layers. Both generators add their stored noise. The
 * paper's maps are those of up to 128 rows at 256 px, here those of up to half of the image's rows.
 */
@Doc("RSSA: positions of two images are as alike as in the source's images; with relaxed_realism")
@Paper("Xiao et al., Few Shot Generative Model Adaption via Relaxed Spatial Structural Alignment, CVPR 2022, "
        + "arXiv 2203.04121")
public record DisturbanceCorrelation(
        @Doc("Weight") @Default("0.4") @Range(min = 0) double weight,

        @Doc("Every how many of the generator's updates it takes part, no stronger for it")
        @Default("6")
        @Range(min = 1, max = 1000000)
        long every,

        @Doc("How many images are compared, each with each") @Default("4") @Range(min = 2, max = 256)
        int batch,

        @Doc("The generator's maps; empty for those of up to half of the image's rows") @Default("[]")
        List<String> layers)
        implements Method {
    private static final String NAME = "disturbance_correlation";
    private static final long CUT_FROM = 64;
    private static final long WINDOWS = 4;

    public DisturbanceCorrelation {
        layers = List.copyOf(layers);
    }

    @Override
    public boolean needsSource() {
        return true;
    }

    @Override
    public Method build(Table table) {
        long most = table.domain().resolution() / 2;
        return new Played(
                this,
                LayerChoice.ofRows(
                        layers, NamedMap.ofGenerator(table.generator(), table.device()), rows -> rows <= most));
    }

    private record Played(DisturbanceCorrelation settings, List<String> layers) implements Term {
        @Override
        public Cadence cadence(Player player) {
            return Cadence.sparse(settings.every);
        }

        @Override
        public void generator(Step s, Loss loss) {
            Latent latent = s.latent(NAME, settings.batch);
            Forward stored = s.pass(Forward.TRACELESS);
            Tensor sum = new SideMaps(s).apart(layers, latent, stored, Played::distance);
            loss.add(NAME, settings.weight, sum);
        }

        private static Tensor distance(Tensor source, Tensor target) {
            return Correlation.disturbance(source, target, source.size(2) >= CUT_FROM ? WINDOWS : 1);
        }
    }
}
