package duello.method.pretext;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.method.Method;
import duello.method.Table;

/**
 * SSGAN: images are turned by 0, 90, 180 or 270 degrees, and a head of the discriminator names the angle; the same
 * losses as {@link Deshuffle} with other weights, those of the authors' code. The adversarial loss sees upright images
 * only.
 */
@Doc("SSGAN: the discriminator names the angle by which an image is turned, of generated images too")
@Paper("Chen et al., Self-Supervised GANs via Auxiliary Rotation Loss, CVPR 2019, arXiv 1811.11212")
public record Rotation(
        @Doc("Weight in the discriminator's loss") @Default("1") @Range(min = 0)
        double discriminator,

        @Doc("Weight in the generator's loss") @Default("0.2") @Range(min = 0)
        double generator,

        @Doc("random: each image in a drawn way; quarters: the batch's first quarter in the first way, ...; "
                + "all_four: a quarter of the images in every way, as published")
        @Default("random")
        Layout layout,

        @Doc("Turned images per image of the batch; above 1 with all_four only")
        @Default("1")
        @Range(min = 0, above = true, max = 4)
        double share,

        @Doc("Whether the head also learns on generated images; published: no") @Default("false")
        boolean generated)
        implements Method {
    private static final String NAME = "rotation";

    public Rotation {
        layout.check(share);
    }

    @Override
    public Method build(Table table) {
        Assignment assignment = new RotationTask(layout, share).assign(table.domain(), table.device());
        return new Recognition(
                new Recognition.Settings(NAME, discriminator, generator, generated),
                new Examiner(NAME, assignment, false),
                TaskHead.at(
                        table.discriminator().site(),
                        NAME,
                        assignment.transformation().classes()),
                new Accuracy(NAME));
    }
}
