package duello.method.regularize;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.dist.Collective;
import duello.method.Cadence;
import duello.method.Loss;
import duello.method.Measured;
import duello.method.Method;
import duello.method.Player;
import duello.method.Stateful;
import duello.method.Step;
import duello.method.Table;
import duello.method.Term;
import duello.model.Code;
import duello.torch.Ops;
import duello.torch.Scope;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Path length regularisation, equation 4 of the paper: a step of one length in w should change the image by one amount.
 * With images of H x W pixels, n standard normal and {@code g = d sum(G(w) n) / sqrt(H W) / d w}, {@code [B, layers, d]},
 *
 * <pre>
 *   L_b = sqrt(mean over layers of |g|^2);   a = lerp(a, mean_b L_b, decay);   penalty = mean_b (L_b - a)^2
 * </pre>
 *
 * The average a starts at 0; the gradient also flows through its newest part. Over several processes lengths are of the
 * images of all. It has an update to itself, on fewer images than the others.
 */
@Doc("Path length: moves of one length in w change the image by one amount; for style networks")
@Paper("Karras et al., Analyzing and Improving the Image Quality of StyleGAN, CVPR 2020, arXiv 1912.04958")
public record PathLength(
        @Doc("Weight") @Default("2") @Range(min = 0) double weight,

        @Doc("After every how many generator updates it has one to itself, as many times as strong")
        @Default("4")
        @Range(min = 1, max = 100000)
        long every,

        @Doc("Share of the newest lengths in their average") @Default("0.01") @Range(min = 0, max = 1)
        double decay,

        @Doc("The batch is divided by this") @Default("2") @Range(min = 1, max = 65536)
        long shrink)
        implements Method {
    @Override
    public boolean needsMapping() {
        return true;
    }

    @Override
    public Method build(Table table) {
        return new Playing(this, Scope.keep(Ops.zeros(table.device())), table.collective());
    }

    /**
     * The lengths L, {@code [B]}.
     *
     * @param images {@code [B, C, H, W]}, made of {@code w}, {@code [B, layers, d]}
     * @param noise standard normal, of the images' shape
     */
    public static Tensor lengths(Tensor images, Tensor w, Tensor noise) {
        double pixels = (double) images.size(2) * images.size(3);
        Tensor gradient = Ops.grad(images.mul(Ops.mul(noise, 1 / Math.sqrt(pixels))), w, true);
        return Ops.mean(Ops.sum(Ops.square(gradient), false, 2), false, 1).sqrt();
    }

    /** The penalty of lengths {@code [B]}: a scalar; the average moves first, in place. */
    public Tensor penalty(Tensor lengths, Tensor average) {
        Tensor newest = Ops.cloneOf(average).lerp(lengths.mean().to(average.scalar_type()), Ops.scalar(decay));
        Scope.withoutGrad(() -> average.copy_(newest.detach()));
        return Ops.square(lengths.sub(newest)).mean();
    }

    private record Playing(PathLength settings, Tensor average, Collective collective)
            implements Term, Stateful, Measured {
        @Override
        public Cadence cadence(Player player) {
            return player == Player.GENERATOR ? Cadence.own(settings.every) : Cadence.EACH;
        }

        @Override
        public void generator(Step s, Loss loss) {
            long count = Math.max(1, s.size() / settings.shrink);
            Code code = s.code(s.latent("path_length", count), "path_length");
            Tensor w = code.w().requires_grad() ? code.w() : code.w().detach().requires_grad_(true);
            Tensor images = s.table().generator().draw(new Code(w, code.labels()), s.side("path_length.image"));
            Tensor noise = s.draws("path_length.direction").normal(Ops.shape(images));
            Tensor lengths = collective.gather(lengths(images, w, noise));
            loss.add("path_length", settings.weight, settings.penalty(lengths, average));
        }

        @Override
        public Map<String, Tensor> state() {
            return Map.of("average", average);
        }

        @Override
        public Map<String, Tensor> measures() {
            return Map.of("path_length.average", average);
        }
    }
}
