package duello.method.pretext;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.model.ImageDomain;
import org.bytedeco.pytorch.Device;

/** Cutting images up and putting the tiles together in another order, as a part of other methods. */
@Doc("Images cut into tiles that are put together in another order, drawn for each")
@Paper("Baykal and Unal, DeshuffleGAN: A Self-Supervised GAN to Improve Structure Learning, ICIP 2020, "
        + "arXiv 2006.08694")
public record DeshuffleTask(
        @Doc("The tiles and their orders") @Default("{}") Tiles tiles,

        @Doc("Share of the batch that is shuffled") @Default("1") @Range(min = 0, above = true, max = 1)
        double share)
        implements PretextTask {
    @Override
    public Assignment assign(ImageDomain domain, Device device) {
        return new Assignment(tiles.shuffle(domain, device), Layout.RANDOM, share);
    }
}
