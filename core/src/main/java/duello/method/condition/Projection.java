package duello.method.condition;

import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.model.Features;
import duello.model.Head;
import duello.model.HeadSite;
import duello.model.LogitHead;
import duello.torch.Embedding;
import duello.torch.Forward;
import duello.torch.Linear;
import duello.torch.Ops;
import org.bytedeco.pytorch.Tensor;

/** The projection discriminator: {@code w . h + b + E[y] . h}, {@code [B]} (equation 3 of the paper). */
@Doc("Projection discriminator: adds the inner product of the features with a class embedding")
@Paper("Miyato and Koyama, cGANs with Projection Discriminator, ICLR 2018, arXiv 1802.05637")
public record Projection() implements LogitHead {
    @Override
    public Head build(HeadSite site, int classes) {
        return new Reader(site.linear("linear1", 1, true), site.embedding("embedding", classes, site.width()));
    }

    @Override
    public boolean needsClasses() {
        return true;
    }

    private record Reader(Linear linear, Embedding embedding) implements Head {
        @Override
        public Tensor read(Features features, Tensor labels, Forward f) {
            Tensor plain = linear.apply(features.pooled(), f).squeeze(1);
            return plain.add(Ops.sumPerSample(embedding.apply(labels, f).mul(features.pooled())));
        }
    }
}
