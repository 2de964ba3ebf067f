package duello.method.pretext;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Failure;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.method.Method;
import duello.method.Table;

/**
 * DeshuffleGAN: images are cut into tiles that are put together in one of several orders, drawn for each image, and a
 * head of the discriminator names the order.
 *
 * <pre>
 *   D: discriminator * mean_i -log softmax(head(shuffle(x_i, p_k)))_k,       x real
 *   G: generator     * mean_i -log softmax(head(shuffle(G(z_i), p_j)))_j
 * </pre>
 *
 * The weights are those of the authors' code, and so is the head: linear, on the features' mean over positions. It reads
 * raw outputs, where the code puts a sigmoid before the cross-entropy in one of its settings, by mistake. The authors
 * halve relativistic losses, so beside those the same weights count twice.
 */
@Doc("DeshuffleGAN: the discriminator names the order of an image's shuffled tiles, of generated images too")
@Paper("Baykal and Unal, DeshuffleGAN: A Self-Supervised GAN to Improve Structure Learning, ICIP 2020, "
        + "arXiv 2006.08694")
public record Deshuffle(
        @Doc("Weight in the discriminator's loss") @Default("1") @Range(min = 0)
        double discriminator,

        @Doc("Weight in the generator's loss") @Default("0.5") @Range(min = 0)
        double generator,

        @Doc("Share of the batch that is shuffled") @Default("1") @Range(min = 0, above = true, max = 1)
        double share,

        @Doc("Whether the head also learns on generated images; published: no") @Default("false")
        boolean generated,

        @Doc("The tiles and their orders") @Default("{}") Tiles tiles)
        implements Method {
    private static final String NAME = "deshuffle";

    /** @throws Failure if the images are too small to be cut */
    @Override
    public Method build(Table table) {
        Assignment assignment = new DeshuffleTask(tiles, share).assign(table.domain(), table.device());
        return new Recognition(
                new Recognition.Settings(NAME, discriminator, generator, generated),
                new Examiner(NAME, assignment, false),
                TaskHead.ofMeans(
                        table.discriminator().site(),
                        NAME,
                        assignment.transformation().classes()),
                new Accuracy(NAME));
    }
}
