package duello.method.condition;

import duello.dist.Collective;
import duello.method.ClassObjective;
import duello.method.Judged;
import duello.model.Features;
import duello.model.Head;
import duello.model.HeadSite;
import duello.torch.Embedding;
import duello.torch.Forward;
import duello.torch.Linear;
import duello.torch.Ops;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * What 2C and D2D-CE have in common: images embedded by a linear map of the features, one proxy vector a class, both on
 * the unit hypersphere, and a formula over the batch of all processes.
 *
 * @param image {@code F -> e}
 * @param proxy {@code K} vectors of width e
 * @param formula of the batch
 */
record Embeddings(Head image, Head proxy, Formula formula, Collective collective) implements ClassObjective.Bound {
    /** A loss of one batch: embeddings {@code [N, e]}, each sample's own proxy {@code [N, e]}, labels {@code [N]}. */
    @FunctionalInterface
    interface Formula {
        Tensor loss(Tensor embeddings, Tensor proxies, Tensor labels);
    }

    static Embeddings bind(HeadSite site, int classes, long width, Collective collective, Formula formula) {
        return new Embeddings(
                new Image(site.linear("linear2", width, true)),
                new Proxy(site.embedding("embedding", classes, width)),
                formula,
                collective);
    }

    @Override
    public List<Head> heads() {
        return List.of(image, proxy);
    }

    @Override
    public Tensor loss(Judged judged, Tensor labels) {
        Tensor proxies = judged.read(proxy, labels);
        return formula.loss(
                collective.gather(judged.read(image)), collective.gather(proxies), collective.gather(labels));
    }

    /** Cosines of all pairs of rows, {@code [N, e], [M, e] -> [N, M]}. */
    static Tensor cosines(Tensor a, Tensor b) {
        return Ops.unit(a, 1e-8).mm(Ops.unit(b, 1e-8).t());
    }

    /** Cosine of each row with its counterpart, {@code [N, e], [N, e] -> [N]}. */
    static Tensor pairwise(Tensor a, Tensor b) {
        return Ops.sumPerSample(Ops.unit(a, 1e-8).mul(Ops.unit(b, 1e-8)));
    }

    /** {@code [N, N]}: whether j is another sample than i. */
    static Tensor others(Tensor labels) {
        return Ops.identity(labels.size(0), labels.device()).logical_not();
    }

    /** {@code [N, N]}: whether i and j are of one class, i itself included. */
    static Tensor sameClass(Tensor labels) {
        return labels.unsqueeze(0).eq(labels.unsqueeze(1));
    }

    private record Image(Linear linear) implements Head {
        @Override
        public Tensor read(Features features, Tensor labels, Forward f) {
            return Ops.unit(linear.apply(features.pooled(), f), 1e-12);
        }

        @Override
        public boolean compared() {
            return true;
        }
    }

    private record Proxy(Embedding table) implements Head {
        @Override
        public Tensor read(Features features, Tensor labels, Forward f) {
            return Ops.unit(table.apply(labels, f), 1e-12);
        }
    }
}
