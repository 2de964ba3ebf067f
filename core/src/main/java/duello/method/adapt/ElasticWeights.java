package duello.method.adapt;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Failure;
import duello.catalog.Paper;
import duello.catalog.ProgressListener;
import duello.catalog.Range;
import duello.method.Loss;
import duello.method.Method;
import duello.method.Stateful;
import duello.method.Step;
import duello.method.Table;
import duello.method.Term;
import duello.model.Generator;
import duello.model.Latent;
import duello.torch.Draws;
import duello.torch.Forward;
import duello.torch.Ops;
import duello.torch.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Elastic weight consolidation, equation 3 of the paper: {@code sum_i F_i (theta_i - theta_source,i)^2} over the generator's
 * parameters in the generator's loss. F is the diagonal Fisher information of the likelihood {@code sigmoid(D(G(z)))} at the
 * source's weights (see {@link Fisher}), estimated once before the first step, sample by sample, with running statistics
 * and stored noise. Buffers take no part.
 *
 * <p>There is no official code; 5e8 is the weight that the paper is quoted with. What a weight means depends on the networks
 * and on how many samples there are, unless the information is normalised.
 */
@Doc("EWC: the generator's weights stay near the source's, the more the source's images depend on them")
@Paper("Li et al., Few-shot Image Generation with Elastic Weight Consolidation, NeurIPS 2020, arXiv 2012.02780")
public record ElasticWeights(
        @Doc("Weight lambda; about 1 to 1e4 where the information is normalised") @Default("5e8") @Range(min = 0)
        double weight,

        @Doc("Samples that the information is estimated from") @Default("100") @Range(min = 1, max = 1000000)
        int samples,

        @Doc("Whether the information is divided by its mean over all parameters") @Default("false")
        boolean normalise)
        implements Method {
    @Override
    public boolean needsSource() {
        return true;
    }

    /** Parameters of what methods put around the generator are not the source's and take no part. */
    @Override
    public Method build(Table table) {
        Map<String, Tensor> fisher = new LinkedHashMap<>();
        table.generator().module().parameters().forEach((name, p) -> {
            fisher.put(name, Scope.kept(() -> Ops.zeros(table.device(), Ops.shape(p))));
        });
        return new Played(this, fisher);
    }

    private record Played(ElasticWeights settings, Map<String, Tensor> fisher) implements Term, Stateful {
        @Override
        public void begin(Table table, Draws draws, ProgressListener progress) {
            Generator source = table.source();
            Map<String, Tensor> parameters = source.module().parameters();
            List<Tensor> into = common(parameters, fisher);
            List<Tensor> of = common(parameters, parameters);
            Scope.withoutGrad(() -> into.forEach(Tensor::zero_));
            source.module().requiresGrad(true);
            try {
                for (int i = 0; i < settings.samples; i++) {
                    try (Scope scope = Scope.open()) {
                        Fisher.add(into, of, surprise(table, source, draws), settings.samples);
                    }
                    progress.progress("measuring which weights matter", i + 1, settings.samples);
                }
            } finally {
                source.module().requiresGrad(false);
            }
            if (!(into.stream().mapToDouble(f -> f.sum().item_double()).sum() > 0)) {
                throw new Failure("ewc finds no information at the source's weights: the discriminator's score of the"
                        + " source's images does not depend on them; check the source");
            }
            if (settings.normalise) {
                Fisher.normalise(into);
            }
        }

        private static Tensor surprise(Table table, Generator source, Draws draws) {
            Latent latent = new Latent(
                    source.space().draw(draws, 1), draws.ints(table.domain().classes(), 1));
            Tensor images = source.images(latent, Forward.EVALUATION);
            return Fisher.surprise(table.score(images, latent.labels(), Forward.EVALUATION));
        }

        @Override
        public void generator(Step s, Loss loss) {
            Map<String, Tensor> own = s.table().generator().module().parameters();
            Map<String, Tensor> source = s.table().source().module().parameters();
            Tensor penalty = Fisher.penalty(common(source, fisher), common(source, own), common(source, source));
            loss.add("ewc", settings.weight, penalty);
        }

        /** Of the generator's tensors those that the source has too. */
        private List<Tensor> common(Map<String, Tensor> source, Map<String, Tensor> of) {
            return fisher.keySet().stream()
                    .filter(source::containsKey)
                    .map(name -> SideMaps.required(of, name))
                    .toList();
        }

        @Override
        public Map<String, Tensor> state() {
            return fisher;
        }
    }
}
