package duello.train;

import duello.model.ImageDomain;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Networks that were trained before, whose weights a run starts from. */
public interface Source {
    /** One network of it. */
    enum Part {
        GENERATOR,
        AVERAGE,
        DISCRIMINATOR
    }

    /** What failures call it. */
    String name();

    /** The images that it was trained with. */
    ImageDomain domain();

    /** A network's state dict, in the caller's scope; empty where it is not there. */
    Map<String, Tensor> tensors(Part part);

    /** Which of its generators the generator starts from; the average starts from the average in any case. */
    default Part generator() {
        return Part.GENERATOR;
    }

    /** Whether the discriminator starts from it, not from fresh weights. */
    default boolean withDiscriminator() {
        return true;
    }
}
