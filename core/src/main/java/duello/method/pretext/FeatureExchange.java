package duello.method.pretext;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Failure;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.method.Judged;
import duello.method.Loss;
import duello.method.Measured;
import duello.method.Method;
import duello.method.Origin;
import duello.method.Step;
import duello.method.Table;
import duello.method.Term;
import duello.model.Head;
import duello.torch.Draws;
import duello.torch.Ops;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * FX-GAN: inside the discriminator, at one of its maps, pairs of patches of a real image change places, and a head tells
 * such passes from untouched ones of the same images, {@code (mean softplus(-h(x)) + mean softplus(h(x exchanged))) / 2}.
 * The generator gains by the discriminator's better features only.
 *
 * <p>Which map, how many pairs and the weight are not public: the deepest map of at least 16 x 16 (the first one where
 * all are smaller), as many pairs as together cover half of it, and 1 are Duello's choice.
 */
@Doc("FX-GAN: the discriminator notices that patches of a real image's features were exchanged")
@Paper("Huang et al., FX-GAN: Self-Supervised GAN Learning via Feature Exchange, WACV 2020")
public record FeatureExchange(
        @Doc("Weight in the discriminator's loss") @Default("1") @Range(min = 0)
        double weight,

        @Doc("The map is the deepest of the discriminator's with at least so many rows, else its first")
        @Default("16")
        @Range(min = 1, max = 1024)
        int rows,

        @Doc("Side of a patch in positions of the map") @Default("2") @Range(min = 1, max = 64)
        int patch,

        @Doc("How much of the map's area is exchanged, where no patch is hit twice")
        @Default("0.5")
        @Range(min = 0, above = true, max = 1)
        double area)
        implements Method {
    private static final String NAME = "fx_gan";

    /** @throws Failure if the map is too small for two patches */
    @Override
    public Method build(Table table) {
        TrunkMaps.Named map = TrunkMaps.of(table).atLeast(rows);
        PatchExchange patches = new PatchExchange(patch);
        if (map.side() < patches.leastSide()) {
            throw new Failure("fx_gan exchanges patches of " + patch + "x" + patch + " on maps of "
                    + patches.leastSide() + " rows or more, but " + map.name() + " has " + map.side()
                    + "; lower fx_gan.patch or raise fx_gan.rows");
        }
        return new Played(this, map, patches, TaskHead.at(table.discriminator().site(), NAME, 1), new Accuracy(NAME));
    }

    /** How many pairs cover the wanted area of a map, at least one. */
    public long pairs(long side) {
        return Math.max(1, Math.round(area * side * side / (2.0 * patch * patch)));
    }

    /** The loss of outputs for untouched and for exchanged passes, {@code [B, 1]} each: a scalar. */
    public static Tensor loss(Tensor untouched, Tensor exchanged) {
        Tensor both = torch.softplus(untouched.neg())
                .mean()
                .add(torch.softplus(exchanged).mean());
        return Ops.mul(both, 0.5);
    }

    private record Played(
            FeatureExchange settings, TrunkMaps.Named map, PatchExchange patches, Head head, Accuracy accuracy)
            implements Term, Measured {
        @Override
        public void discriminator(Step s, Loss loss) {
            Judged main = s.onReal();
            Tensor untouched = main.read(head);
            Draws draws = s.draws(NAME);
            // The same images as the trunk saw them in the main view: exchanged patches are all that differs.
            Tensor exchanged = s.judge(
                            main.images(),
                            main.labels(),
                            Origin.OTHER,
                            (layer, x) -> layer.equals(map.name()) ? exchanged(x, draws) : x)
                    .read(head);
            loss.add(NAME, settings.weight, loss(untouched, exchanged));
            Tensor zero = Ops.zeros(untouched.device());
            accuracy.real(Ops.cat(0, untouched.gt(zero), exchanged.le(zero)));
        }

        private Tensor exchanged(Tensor x, Draws draws) {
            long count = x.size(0);
            int pairs = Math.toIntExact(settings.pairs(map.side()));
            Tensor[] others = new Tensor[pairs];
            Tensor first = draws.ints(patches.places(map.side()), pairs, count);
            for (int i = 0; i < pairs; i++) {
                others[i] = patches.apart(first.select(0, i), map.side(), draws);
            }
            return patches.exchange(x, first, torch.stack(new TensorVector(others), 0));
        }

        @Override
        public List<Head> heads() {
            return List.of(head);
        }

        @Override
        public Map<String, Tensor> measures() {
            return accuracy.measures();
        }
    }
}
