package duello.method;

import duello.torch.Draws;

/** Where a step's draws come from. */
@FunctionalInterface
public interface Streams {
    /** The draws of a stream. */
    Draws of(String stream);

    /** The draws of a stream that are the same in every process of the run. */
    default Draws shared(String stream) {
        return of(stream);
    }
}
