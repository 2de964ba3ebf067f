package duello.method.regularize;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.method.Cadence;
import duello.method.Loss;
import duello.method.Origin;
import duello.method.Player;
import duello.method.Step;
import duello.method.Term;
import duello.torch.Ops;
import org.bytedeco.pytorch.Tensor;

/**
 * The R1 gradient penalty, equation 9 of the paper: {@code mean_i |d score(x_i) / d x_i|^2 / 2}, with x the real images
 * before augmentation. The half is included, so the weight is the paper's gamma.
 *
 * <p>Not lazy and in the main pass, the gradient is taken of the main view's score, which costs no further pass.
 * StyleGAN2 asks every 16th update only, 16 times as strong, and in a pass of its own (Karras et al., 2020, section 3.1).
 */
@Doc("R1: squared gradient of the score at real images")
@Paper("Mescheder et al., Which Training Methods for GANs do actually Converge?, ICML 2018, arXiv 1801.04406")
public record R1(
        @Doc("Weight gamma") @Default("1") @Range(min = 0) double weight,

        @Doc("Every how many discriminator updates it takes part, as many times as strong")
        @Default("1")
        @Range(min = 1, max = 100000)
        long every,

        @Doc(
                "main: of the main view's score; side: of a further pass with augmentation of its own; own: in an update of its own")
        @Default("main")
        Where place)
        implements Term {

    /** Whose score the gradient is taken of. */
    public enum Where {
        /** The main view's. */
        MAIN,
        /** A further pass's, with its own draws of augmentation. */
        SIDE,
        /** A further pass's, whose gradient has an optimiser step to itself. */
        OWN
    }

    /** In every update, of the main view. */
    public R1(double weight) {
        this(weight, 1, Where.MAIN);
    }

    @Override
    public Cadence cadence(Player player) {
        if (player == Player.GENERATOR) {
            return Cadence.EACH;
        }
        return place == Where.OWN ? Cadence.own(every) : Cadence.lazy(every);
    }

    @Override
    public void prepare(Step s) {
        if (place == Where.MAIN) {
            s.real().requires_grad_(true);
        }
    }

    @Override
    public void discriminator(Step s, Loss loss) {
        if (place == Where.MAIN) {
            loss.add("r1", weight, penalty(s.onReal().score(), s.real()));
        } else {
            Tensor x = s.real().detach().requires_grad_(true);
            Tensor score =
                    s.judgeAugmented(x, s.labels(), Origin.REAL, "r1.augment").score();
            loss.add("r1", weight, penalty(score, x));
        }
    }

    /** The penalty of {@code scores}, {@code [B]}, computed from {@code images}, {@code [B, ...]}: a scalar. */
    public static Tensor penalty(Tensor scores, Tensor images) {
        Tensor gradient = Ops.grad(scores, images, true);
        return Ops.mul(Ops.sumPerSample(Ops.square(gradient)).mean(), 0.5);
    }
}
