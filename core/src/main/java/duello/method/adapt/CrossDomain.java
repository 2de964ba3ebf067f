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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bytedeco.pytorch.Tensor;

/**
 * Cross-domain correspondence, equations 2 to 4 of the paper as the authors' code has them: images of the trained generator
 * are as near to each other as the source's images of the same latents (see {@link Correspondence}). Latents are fresh, of
 * the prior, and pass neither latent nor code steps. Each image has a layer of its own, drawn uniformly.
 *
 * <p>The noise of the two generators is drawn apart, as in the authors' code, so equal generators of a style family do not
 * give 0. The anchors and the patch discriminator of the paper are {@link RelaxedRealism}, an entry of its own.
 */
@Doc("CDC: images of different latents are as alike as the source's are; the paper's game is relaxed_realism beside it")
@Paper("Ojha et al., Few-shot Image Generation via Cross-domain Correspondence, CVPR 2021, arXiv 2104.06820")
public record CrossDomain(
        @Doc("Weight, of the mean over the elements of all rows") @Default("1000") @Range(min = 0)
        double weight,

        @Doc("How many images are compared") @Default("4") @Range(min = 2, max = 4096)
        int batch,

        @Doc("The generator's maps that are compared; empty for all but the first") @Default("[]")
        List<String> layers)
        implements Method {
    private static final String NAME = "cdc";

    public CrossDomain {
        layers = List.copyOf(layers);
    }

    @Override
    public boolean needsSource() {
        return true;
    }

    @Override
    public Method build(Table table) {
        return new Played(
                this, LayerChoice.ofGenerator(layers, table.generator().layers()));
    }

    private record Played(CrossDomain settings, List<String> layers) implements Term {
        @Override
        public void generator(Step s, Loss loss) {
            Draws draws = s.draws(NAME + ".layers");
            List<Integer> chosen = new ArrayList<>();
            for (int i = 0; i < settings.batch; i++) {
                chosen.add(draws.pick(layers.size()));
            }
            List<Integer> asked = List.copyOf(new TreeSet<>(chosen));
            Set<String> names = Set.copyOf(asked.stream().map(layers::get).toList());
            Latent latent = s.latent(NAME, settings.batch);
            SideMaps maps = new SideMaps(s);
            Forward other = s.side(NAME + ".source");
            Map<String, Tensor> source = maps.source(latent, names, other);
            Map<String, Tensor> target = maps.target(latent, names, s.side(NAME));
            List<Integer> rows = chosen.stream().map(asked::indexOf).toList();
            loss.add(NAME, settings.weight, Correspondence.loss(rows, of(source, asked), of(target, asked)));
        }

        private List<Tensor> of(Map<String, Tensor> maps, List<Integer> asked) {
            return asked.stream()
                    .map(i -> SideMaps.required(maps, layers.get(i)))
                    .toList();
        }
    }
}
