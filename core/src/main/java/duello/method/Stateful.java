package duello.method;

import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;

/** Has tensors that it changes in place from step to step. They are saved and loaded without anyone remembering to. */
public interface Stateful extends Method {
    /** The living tensors by name. */
    Map<String, Tensor> state();

    /**
     * Takes over what a checkpoint of PyTorch-StudioGAN remembers of this method.
     *
     * @param remembered numbers by the names of its discriminator's file, such as {@code aa_p}, {@code topk} or
     *     {@code lecam_emas.D_real}
     * @return the names that were taken over
     */
    default Set<String> takeOver(Map<String, Double> remembered) {
        return Set.of();
    }
}
