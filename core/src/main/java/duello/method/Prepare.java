package duello.method;

import org.bytedeco.pytorch.Tensor;

/** Changes images before they are augmented, in either player's turn: pseudo augmentation, blur. A chain. */
public interface Prepare extends Method {
    /**
     * The images to go on with.
     *
     * @param origin REAL or FAKE
     * @param images {@code [B, 3, H, W]} in [-1, 1]
     */
    Tensor prepare(Step s, Origin origin, Tensor images);
}
