package duello.model;

import duello.torch.Forward;
import duello.torch.Layer;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** A trunk that maps images to features. What is read off the features is the heads' business. */
public interface Discriminator extends Layer {
    /** Images {@code [B, 3, H, W]} to features; calls {@code f.tap()} after each named layer. */
    Features trunk(Tensor images, Forward f);

    /** {@link #trunk} that remembers its named maps. */
    default Features observed(Tensor images, Forward f) {
        Maps maps = new Maps(f.tap());
        return trunk(images, f.with(maps)).on(maps.seen());
    }

    /**
     * {@link #observed} for somebody who may need no more than the named map {@code enough}: families that can wait there
     * go on when asked for more.
     */
    default Features observed(Tensor images, Forward f, String enough) {
        return observed(images, f);
    }

    /** The names of the maps that a tap sees, in order; empty where a family names none. */
    default List<String> layers() {
        return List.of();
    }

    /** What the trunk is made of, from the image inwards: the beginnings of the names that its blocks' parameters have. */
    default List<String> blocks() {
        return layers();
    }

    /** Which of {@link #blocks} a parameter of the state dict is in; -1 if in none, as those of heads. */
    default int block(String parameter) {
        for (int i = 0; i < blocks().size(); i++) {
            if (parameter.startsWith(blocks().get(i) + ".")) {
                return i;
            }
        }
        return -1;
    }

    /**
     * One named map, {@code [B, C, h, w]}, of images; what comes after it is not looked at, and families that can do
     * not compute it.
     */
    default Tensor map(String layer, Tensor images, Forward f) {
        return observed(images, f).map(layer);
    }

    /** Where heads are built. */
    HeadSite site();
}
