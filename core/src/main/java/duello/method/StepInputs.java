package duello.method;

import java.util.function.Supplier;

/**
 * What the trainer puts into a step.
 *
 * @param real draws a batch of training images
 * @param chain what images and latents pass
 * @param draws the draws of a stream at this step's place
 */
public record StepInputs(Supplier<Batch> real, Chain chain, Streams draws) {}
