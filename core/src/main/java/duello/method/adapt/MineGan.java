package duello.method.adapt;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.method.Freeze;
import duello.method.Player;
import duello.method.Wrap;
import duello.model.Generator;
import duello.torch.Init;
import duello.torch.Layers;
import duello.torch.Linear;
import duello.torch.Module;
import org.bytedeco.pytorch.Device;

/**
 * MineGAN: a small network moves latents to where the generator makes images like the target's, {@code z -> linear - ReLU -
 * linear -> z'}, before they are mapped. For its first iterations only the miner and the discriminator learn, then the
 * generator does too. The miner is part of the generator: of its average, its checkpoints and its samples. It starts with
 * orthogonal weights, whose outputs are about as long as latents are.
 *
 * <p>The second miner of the authors' StyleGAN2 form, in place of the constant input, is left out.
 */
@Doc("MineGAN: a small network in front of the generator looks for latents like the target's images")
@Paper("Wang et al., MineGAN: Effective Knowledge Transfer from GANs to Target Domains with Few Images, CVPR 2020, "
        + "arXiv 1912.05270")
public record MineGan(
        @Doc("Iterations in which the generator itself stays as it is") @Default("1000") @Range(min = 0)
        long mining,

        @Doc("Width of the miner's hidden layer; 0 for that of the latents") @Default("0") @Range(min = 0, max = 65536)
        int hidden)
        implements Wrap, Freeze {
    private static final String MINER = "miner";

    @Override
    public Generator wrap(Generator inner, long seed, Device device) {
        Layers layers = new Layers(Init.of(Init.Rule.ORTHO, seed, device), false);
        int width = inner.space().width();
        int between = hidden == 0 ? width : hidden;
        Module module = inner.module().extended();
        Module miner = new Module();
        Linear first = miner.child("0", layers.linear(width, between, true));
        Linear second = miner.child("2", layers.linear(between, width, true));
        module.child(module.free(MINER), miner);
        return new MinedGenerator(inner, module, first, second);
    }

    @Override
    public boolean frozen(Player owner, String parameter, long step) {
        return owner == Player.GENERATOR && step < mining && !parameter.startsWith(MINER);
    }
}
