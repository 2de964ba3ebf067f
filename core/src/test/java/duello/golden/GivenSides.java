package duello.golden;

import duello.dist.Collective;
import duello.method.Batch;
import duello.method.Chain;
import duello.method.Loss;
import duello.method.Player;
import duello.method.Step;
import duello.method.StepInputs;
import duello.method.Table;
import duello.method.Term;
import duello.model.Code;
import duello.model.Codes;
import duello.model.Discriminator;
import duello.model.Features;
import duello.model.Generator;
import duello.model.Head;
import duello.model.HeadSite;
import duello.model.ImageDomain;
import duello.model.LatentSpace;
import duello.model.LogitHead;
import duello.model.Prior;
import duello.torch.Devices;
import duello.torch.Forward;
import duello.torch.Init;
import duello.torch.Layers;
import duello.torch.Module;
import duello.torch.Ops;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * A step whose features are given: a batch of real and one of generated "images" that the trunk hands through. Heads with
 * chosen weights then give a case's numbers, and methods play on them as they do in training.
 */
final class GivenSides {
    /**
     * One side.
     *
     * @param features {@code [B, F]}
     * @param labels int64 {@code [B]}
     */
    record Side(Tensor features, Tensor labels) {
        Side {
            features = features.to(ScalarType.Float);
        }
    }

    /**
     * What the generator starts from.
     *
     * @param z {@code [B, d]}, with the codes at its end
     */
    record Origin(Tensor z, @Nullable Codes codes) {}

    private final Side real;
    private final Side fake;
    private final Origin origin;
    private final Module heads = new Module();
    private final Table table;
    private final Map<String, Tensor> weights = new LinkedHashMap<>();

    GivenSides(Side real, Side fake, int classes, LogitHead logit, Origin origin) {
        this.real = real;
        this.fake = fake;
        this.origin = origin;
        Layers layers = new Layers(Init.of(Init.Rule.N02, 1, Devices.CPU), false);
        Trunk trunk = new Trunk(heads, new HeadSite(heads, layers, real.features.size(1)));
        Given generator = new Given(new Module(), fake.features, origin);
        Head head = logit.build(trunk.site, classes);
        this.table = new Table(
                new Table.Networks(generator, generator, trunk, head),
                new ImageDomain(1, classes),
                Table.Data.NONE,
                Devices.CPU,
                Collective.LOCAL);
    }

    Table table() {
        return table;
    }

    /** Sets a weight of a head by its name in the state dict. */
    GivenSides weight(String name, Tensor value) {
        weights.put(name, value.to(ScalarType.Float));
        return this;
    }

    /** Lets a linear head hand features {@code from ... to - 1} through; its bias, if it has one, is 0. */
    GivenSides selects(String linear, long from, long to) {
        long width = real.features.size(1);
        Tensor rows = Ops.rows(Ops.identity(width, Devices.CPU).to(ScalarType.Float), from, to);
        if (heads.state().containsKey(linear + ".bias")) {
            weight(linear + ".bias", Ops.zeros(Devices.CPU, to - from));
        }
        return weight(linear + ".weight", rows);
    }

    /** What terms add to a player's loss; every weight of every head must have been set. */
    Loss loss(Player player, Term... terms) {
        heads.load(weights, "the case");
        Loss loss = new Loss();
        Step s = step(player);
        for (Term term : terms) {
            if (player == Player.DISCRIMINATOR) {
                term.discriminator(s, loss);
            } else {
                term.generator(s, loss);
            }
        }
        return loss;
    }

    Step step(Player player) {
        StepInputs inputs = new StepInputs(
                () -> new Batch(real.features, real.labels, real.labels),
                Chain.PLAIN,
                stream -> new FixedDraws(origin.z, origin.codes, fake.labels));
        return new Step(table, player, 0, fake.labels.size(0), inputs);
    }

    private record Given(Module module, Tensor images, Origin origin) implements Generator {
        @Override
        public LatentSpace space() {
            Codes codes = origin.codes;
            int width = (int) origin.z.size(1) - (codes == null ? 0 : codes.width());
            return new LatentSpace(width, Prior.GAUSSIAN, codes);
        }

        @Override
        public Tensor draw(Code code, Forward f) {
            return images;
        }
    }

    private record Trunk(Module module, HeadSite site) implements Discriminator {
        @Override
        public Features trunk(Tensor images, Forward f) {
            return Features.of(images, 1, images.unsqueeze(2).unsqueeze(3));
        }
    }
}
