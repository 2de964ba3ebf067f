package duello.model;

import duello.torch.Forward;
import duello.torch.Layer;
import org.bytedeco.pytorch.Tensor;

/** A trunk that maps images to features. What is read off the features is the heads' business. */
public interface Discriminator extends Layer {
    /** Images {@code [B, 3, H, W]} to features; calls {@code f.tap()} after each named layer. */
    Features trunk(Tensor images, Forward f);

    /** Where heads are built. */
    HeadSite site();
}
