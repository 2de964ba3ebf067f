package duello.method.regularize;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.data.Dataset;
import duello.method.Hook;
import duello.method.Loss;
import duello.method.Measured;
import duello.method.Method;
import duello.method.Player;
import duello.method.Selection;
import duello.method.Stateful;
import duello.method.Step;
import duello.method.Table;
import duello.torch.Ops;
import duello.torch.Scope;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Top-k training: the generator answers in the adversarial loss for the k fakes of a micro batch with the highest scores
 * only. k is the batch size B at first and {@code max(gamma^e B, int(nu B))} after e epochs, cut to a whole number when
 * used. An epoch is as many real images as the training set has, all processes together; several in one iteration count
 * as several. Other losses see every fake.
 */
@Doc("Top-k: the generator learns from its best-judged images only, fewer from epoch to epoch")
@Paper("Sinha et al., Top-k Training of GANs: Improving GAN Performance by Throwing Away Bad Samples, NeurIPS 2020, "
        + "arXiv 2002.06224")
public record TopK(
        @Doc("What k is multiplied by after an epoch") @Default("0.99") @Range(min = 0, above = true, max = 1)
        double gamma,

        @Doc("The smallest share of a batch that counts") @Default("0.5") @Range(min = 0, above = true, max = 1)
        double nu)
        implements Method {
    @Override
    public Method build(Table table) {
        Dataset train = table.data().train();
        if (train == null) {
            throw new IllegalStateException("top_k counts epochs of training images, and there are none");
        }
        return new Counting(this, train.size(), table.collective().size());
    }

    /** k after {@code epochs} epochs, before it is cut. */
    public double k(long batch, long epochs) {
        return Math.max(batch * Math.pow(gamma, epochs), (long) (batch * nu));
    }

    /** Indices of the {@code k} largest of {@code scores}, {@code [B]}, the largest first. */
    public static Tensor largest(Tensor scores, long k) {
        return torch.topk(scores, k).get1();
    }

    private static final class Counting implements Selection, Hook, Stateful, Measured {
        private final TopK settings;
        private final long perEpoch;
        private final long processes;

        /** Real images seen. On the processor, whatever the device, so that reading it makes nobody wait. */
        private final Tensor images = Scope.keep(Ops.tensor(new long[1], 1));

        private long lastBatch;

        Counting(TopK settings, long perEpoch, long processes) {
            this.settings = settings;
            this.perEpoch = perEpoch;
            this.processes = processes;
        }

        private long k(long batch) {
            long epochs = images.item_long() / perEpoch;
            return Math.max(1, (long) settings.k(batch, epochs));
        }

        @Override
        public @Nullable Tensor keep(Tensor scores) {
            lastBatch = scores.size(0);
            long k = k(lastBatch);
            return k >= lastBatch ? null : largest(scores, k);
        }

        @Override
        public void afterBackward(Step s, Loss loss) {
            if (s.player() == Player.DISCRIMINATOR && !s.repeated()) {
                images.add_(new Scalar(processes * s.labels().size(0)));
            }
        }

        @Override
        public Map<String, Tensor> state() {
            return Map.of("images", images);
        }

        @Override
        public Map<String, Tensor> measures() {
            return lastBatch == 0 ? Map.of() : Map.of("top_k.k", Ops.tensor(new double[] {k(lastBatch)}, 1));
        }
    }
}
