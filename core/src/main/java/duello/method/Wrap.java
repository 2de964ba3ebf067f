package duello.method;

import duello.model.Generator;
import org.bytedeco.pytorch.Device;

/**
 * Puts something around the generator when it is built: in training, in the average and in sampling from a checkpoint
 * alike. An entry of a recipe that wraps is a wrap itself, not only what it builds, for a checkpoint is sampled from
 * without a run.
 */
public interface Wrap extends Method {
    /**
     * The generator around {@code inner}. Its state dict has {@code inner}'s keys and its own; with the values that it
     * starts with it makes the images that {@code inner} makes, or near.
     *
     * @param seed of what starts at random
     */
    Generator wrap(Generator inner, long seed, Device device);
}
