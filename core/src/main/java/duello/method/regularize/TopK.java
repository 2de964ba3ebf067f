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
import java.util.Set;
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
    private static final double ROUNDING = 1e-6;

    @Override
    public Method build(Table table) {
        Dataset train = table.data().train();
        // Where nothing is trained there may be no images; then nobody asks for k.
        return new Counting(
                this, train == null ? 0 : train.size(), table.collective().size());
    }

    /** k after {@code epochs} epochs, before it is cut. */
    public double k(long batch, long epochs) {
        return Math.max(batch * Math.pow(gamma, epochs), (long) (batch * nu));
    }

    /** After how many whole epochs {@link #k} has come down to {@code k}, or to its bound if that is reached earlier. */
    public long epochs(long batch, double k) {
        double sought = Math.max(k, Math.max(1, (long) (batch * nu)));
        // The margin takes k of a whole epoch for that epoch, whatever was rounded on the way.
        return sought >= batch || gamma == 1
                ? 0
                : (long) Math.ceil(Math.log(sought / batch) / Math.log(gamma) - ROUNDING);
    }

    /** Indices of the {@code k} largest of {@code scores}, {@code [B]}, the largest first. */
    public static Tensor largest(Tensor scores, long k) {
        return torch.topk(scores, k).get1();
    }

    private static final class Counting implements Selection, Hook, Stateful, Measured {
        private static final String REMEMBERED = "topk";

        private final TopK settings;
        private final long perEpoch;
        private final long processes;

        /** Real images seen. On the processor, whatever the device, so that reading it makes nobody wait. */
        private final Tensor images = Scope.keep(Ops.tensor(new long[1], 1));

        /** The k of a checkpoint until a batch tells how many epochs it stands for; otherwise 0. */
        private final Tensor remembered = Scope.keep(Ops.tensor(new double[1], 1));

        private long lastBatch;

        Counting(TopK settings, long perEpoch, long processes) {
            this.settings = settings;
            this.perEpoch = perEpoch;
            this.processes = processes;
        }

        private long k(long batch) {
            if (perEpoch == 0) {
                throw new IllegalStateException("top_k counts epochs of training images, and there are none");
            }
            long epochs = images.item_long() / perEpoch;
            return Math.max(1, (long) settings.k(batch, epochs));
        }

        @Override
        public @Nullable Tensor keep(Tensor scores) {
            lastBatch = scores.size(0);
            goOn(lastBatch);
            long k = k(lastBatch);
            return k >= lastBatch ? null : largest(scores, k);
        }

        private void goOn(long batch) {
            double k = remembered.item_double();
            if (k > 0) {
                long epochs = Math.min(settings.epochs(batch, k), Long.MAX_VALUE / 2 / Math.max(1, perEpoch));
                images.add_(new Scalar(epochs * perEpoch));
                remembered.zero_();
            }
        }

        @Override
        public void afterBackward(Step s, Loss loss) {
            if (s.player() == Player.DISCRIMINATOR && !s.repeated()) {
                images.add_(new Scalar(processes * s.labels().size(0)));
            }
        }

        @Override
        public Map<String, Tensor> state() {
            return Map.of("images", images, "remembered", remembered);
        }

        /** Where in its epoch the checkpoint was is not in such files: one begins. */
        @Override
        public Set<String> takeOver(Map<String, Double> numbers) {
            Double k = numbers.get(REMEMBERED);
            if (k == null || !Double.isFinite(k) || k <= 0) {
                return Set.of();
            }
            remembered.fill_(Ops.scalar(k));
            return Set.of(REMEMBERED);
        }

        @Override
        public Map<String, Tensor> measures() {
            return lastBatch == 0 ? Map.of() : Map.of("top_k.k", Ops.tensor(new double[] {k(lastBatch)}, 1));
        }
    }
}
