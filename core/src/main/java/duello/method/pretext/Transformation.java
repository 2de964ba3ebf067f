package duello.method.pretext;

import org.bytedeco.pytorch.Tensor;

/** Something of several kinds that is done to an image; which kind it was can be asked. Differentiable. */
public sealed interface Transformation permits TileShuffle, QuarterTurns {
    /** How many kinds K there are. */
    int classes();

    /**
     * The images, each transformed in its own way.
     *
     * @param images {@code [B, C, S, S]}
     * @param classes int64 {@code [B]} in [0, K)
     * @return of the images' shape
     */
    Tensor apply(Tensor images, Tensor classes);
}
