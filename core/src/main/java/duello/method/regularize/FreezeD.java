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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
        implements Freeze {
    private static final Pattern BLOCK = Pattern.compile("(?:^|\\.)blocks\\.(\\d{1,9})\\.");

    /** How a parameter's block is told. */
    public enum Match {
        INDEX,
        SUBSTRING
    }

    /** @throws Failure if the discriminator has fewer blocks */
    @Override
    public Method build(Table table) {
        int there = 1
                + table.discriminator().module().parameters().keySet().stream()
                        .mapToInt(FreezeD::block)
                        .max()
                        .orElse(-1);
        if (blocks > there) {
            throw new Failure("freeze_d.blocks is " + blocks + ", but this discriminator has " + there
                    + " blocks; set it to at most " + there);
        }
        return this;
    }

    @Override
    public boolean frozen(Player owner, String parameter, long step) {
        return owner == Player.DISCRIMINATOR && matches(parameter);
    }

    private boolean matches(String parameter) {
        if (match == Match.INDEX) {
            int block = block(parameter);
            return block >= 0 && block < blocks;
        }
        for (int i = 0; i < blocks; i++) {
            if (parameter.contains("blocks." + i)) {
                return true;
            }
        }
        return false;
    }

    /** The number of the block that a parameter is in; -1 if in none. */
    private static int block(String parameter) {
        Matcher m = BLOCK.matcher(parameter);
        return m.find() ? Integer.parseInt(m.group(1)) : -1;
    }
}
