package duello.metric;

import duello.torch.Ops;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;

/**
 * How unlike two images look, as a sum over the maps of a fixed network. Every such distance is the squared Euclidean one
 * of two vectors, so an image passes the network once however many others it is compared with.
 */
public interface PerceptualDistance {
    /** What protocols call it: {@code LPIPS[vgg]} for the published measure, else {@code perceptual[faces-classifier]}. */
    String name();

    /** A short hexadecimal digest of the weights and everything else that decides the distances. */
    String digest();

    /** Where it computes. */
    Device device();

    /**
     * The vectors {@code v_i}, {@code [B, D]} float32, of which {@code |v_i - v_j|^2} is the distance of images i and j. D
     * grows with the images' area. Called without gradients, in a scope of the caller's, which owns the result.
     *
     * @param images {@code [B, 3, H, W]} in [-1, 1] on any device, as they are: not quantised, not resized
     */
    Tensor vectors(Tensor images);

    /** The distances of pairs, {@code [B]}: of the first images, the second, and so on. */
    default Tensor between(Tensor images, Tensor others) {
        return Ops.sumPerSample(Ops.square(vectors(images).sub(vectors(others))));
    }
}
