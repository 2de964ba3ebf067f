package duello.metric;

import duello.torch.Ops;
import org.bytedeco.pytorch.Tensor;

/**
 * Images as a file would hold them. Every score is taken of quantised images, generated ones too, so that no score
 * depends on whether they were saved in between.
 */
public final class EightBit {
    private EightBit() {}

    /**
     * The levels 0 to 255 of images in [-1, 1], as float32 whole numbers: {@code floor(clamp(255 (x + 1) / 2 + 0.5))},
     * rounding half up, as PyTorch-StudioGAN quantises. Bytes that were mapped to [-1, 1] come back exactly.
     */
    public static Tensor levels(Tensor images) {
        Tensor unit = Ops.add(images, 1).div(Ops.scalar(2));
        return Ops.add(Ops.mul(unit, 255), 0.5)
                .clamp_min_(Ops.scalar(0))
                .clamp_max_(Ops.scalar(255))
                .floor_();
    }
}
