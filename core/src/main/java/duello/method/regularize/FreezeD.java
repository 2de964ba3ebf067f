package duello.method.regularize;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Failure;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.method.Freeze;
import duello.method.Method;
import duello.method.Player;
import duello.method.Table;
import duello.model.Discriminator;
import java.util.function.ToIntFunction;

/**
 * FreezeD: the discriminator's first blocks, those next to the image, keep the weights that they were started with.
 * Attention counts as a block. Buffers (running statistics, vectors of spectral normalisation) move on.
 */
@Doc("FreezeD: the discriminator's first blocks stay as they are; for adaptation to little data")
@Paper("Mo et al., Freeze the Discriminator: a Simple Baseline for Fine-Tuning GANs, 2020, arXiv 2002.10964")
public record FreezeD(
        @Doc("How many blocks stay, counted from the image") @Default("3") @Range(min = 0, max = 1000)
        int blocks,

        @Doc("index: whole block numbers; substring: PyTorch-StudioGAN's, where 1 stands for 10 to 19 too")
        @Default("index")
        Match match)
        implements Method {
    /** How a parameter's block is told. */
    public enum Match {
        INDEX,
        SUBSTRING
    }

    /** @throws Failure if the discriminator has fewer blocks */
    @Override
    public Method build(Table table) {
        Discriminator discriminator = table.discriminator();
        int there = discriminator.blocks().size();
        if (blocks > there) {
            throw new Failure("freeze_d.blocks is " + blocks + ", but this discriminator has " + there
                    + " blocks; set it to at most " + there);
        }
        return new Frozen(blocks, match == Match.INDEX ? discriminator::block : FreezeD::lowestWithin);
    }

    /** The lowest number that {@code blocks.} and the parameter's own block number begin with. */
    private static int lowestWithin(String parameter) {
        int at = parameter.indexOf("blocks.");
        return at < 0 ? -1 : Character.digit(parameter.charAt(at + "blocks.".length()), 10);
    }

    /** The first so many blocks of a discriminator, whose parameters are told by {@code block}. */
    private record Frozen(int blocks, ToIntFunction<String> block) implements Freeze {
        @Override
        public boolean frozen(Player owner, String parameter, long step) {
            int in = owner == Player.DISCRIMINATOR ? block.applyAsInt(parameter) : -1;
            return in >= 0 && in < blocks;
        }
    }
}
