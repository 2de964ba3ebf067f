package duello.metric;

import java.util.List;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** A fixed network that scores are taken over. It quantises and resizes images itself and never learns from them. */
public interface FeatureNetwork {
    /** What scores say in brackets, such as {@code shapes-classifier}; {@code inception} is the one FID is defined by. */
    String name();

    /** A short hexadecimal digest of the weights and everything else that decides the features. */
    String digest();

    /** How images reach the network's size, as protocols name it. */
    String resizer();

    /** How many features an image has. */
    int width();

    /** The classes that the logits stand for; empty where they are not those of a dataset. */
    default List<String> classes() {
        return List.of();
    }

    /** Where it computes. */
    Device device();

    /**
     * Features and logits of images {@code [B, 3, H, W]} in [-1, 1] on any device; quantised to 8 bits first. Called
     * without gradients in a scope of the caller's, which owns the result.
     */
    Output extract(Tensor imagesInMinusOneToOne);

    /**
     * What a network says of a batch.
     *
     * @param features {@code [B, d]} float32
     * @param logits {@code [B, K]} float32, or null if it does not classify
     */
    record Output(Tensor features, @Nullable Tensor logits) {}
}
