package duello.method.pretext;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.model.ImageDomain;
import org.bytedeco.pytorch.Device;

/** Turning images by quarters, as a part of other methods. */
@Doc("Images turned by 0, 90, 180 or 270 degrees, counter-clockwise")
@Paper("Chen et al., Self-Supervised GANs via Auxiliary Rotation Loss, CVPR 2019, arXiv 1811.11212")
public record RotationTask(
        @Doc("random: each image in a drawn way; quarters: the batch's first quarter in the first way, ...; "
                + "all_four: a quarter of the images in every way")
        @Default("random")
        Layout layout,

        @Doc("Transformed images per image of the batch; above 1 with all_four only")
        @Default("1")
        @Range(min = 0, above = true, max = 4)
        double share)
        implements PretextTask {
    public RotationTask {
        layout.check(share);
    }

    @Override
    public Assignment assign(ImageDomain domain, Device device) {
        return new Assignment(new QuarterTurns(), layout, share);
    }
}
