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
import duello.torch.Forward;
import duello.torch.Ops;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * RSSA's self-correlation consistency: within each of five windows of a halved map, the four quarters and the middle, positions
 * are as alike as in the source's map of the same latent (see {@link Correlation}). The mean over windows and images, summed
 * over layers. Both generators add their stored noise. The paper's maps are those of 64, 128 and 256 rows at 256 px, here
 * those of at least a quarter of the image's rows.
 */
@Doc("RSSA: within windows of a map, positions are as alike as in the source's; with relaxed_realism")
@Paper("Xiao et al., Few Shot Generative Model Adaption via Relaxed Spatial Structural Alignment, CVPR 2022, "
        + "arXiv 2203.04121")
public record SelfCorrelation(
        @Doc("Weight") @Default("0.8") @Range(min = 0) double weight,

        @Doc("How many images are compared") @Default("4") @Range(min = 1, max = 4096)
        int batch,

        @Doc("The generator's maps; empty for those of at least a quarter of the image's rows") @Default("[]")
        List<String> layers)
        implements Method {
    private static final String NAME = "self_correlation";

    /** Halved and cut into quarters, a map of fewer rows leaves windows of one position. */
    private static final long LEAST_ROWS = 8;

    public SelfCorrelation {
        layers = List.copyOf(layers);
    }

    @Override
    public boolean needsSource() {
        return true;
    }

    @Override
    public Method build(Table table) {
        long least = Math.max(LEAST_ROWS, table.domain().resolution() / 4);
        return new Played(
                this,
                LayerChoice.ofRows(
                        layers, NamedMap.ofGenerator(table.generator(), table.device()), rows -> rows >= least));
    }

    private record Played(SelfCorrelation settings, List<String> layers) implements Term {
        @Override
        public void generator(Step s, Loss loss) {
            Latent latent = s.latent(NAME, settings.batch);
            Forward stored = s.pass(Forward.TRACELESS);
            Tensor sum = new SideMaps(s).apart(layers, latent, stored, Played::distance);
            loss.add(NAME, settings.weight, sum);
        }

        private static Tensor distance(Tensor source, Tensor target) {
            return Correlation.self(windows(source), windows(target));
        }

        private static Tensor windows(Tensor map) {
            return Correlation.fiveWindows(Ops.halved(map));
        }
    }
}
