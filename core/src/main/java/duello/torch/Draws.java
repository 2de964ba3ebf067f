package duello.torch;

import org.bytedeco.pytorch.Tensor;

/**
 * One asker's random draws at one place of a run. Drawn on the processor and then moved, so that every device sees the
 * same numbers. An interface so that tests can inject the numbers of a golden case.
 */
public interface Draws {
    /** Standard normal. */
    Tensor normal(long... shape);

    /** Uniform in [0, 1). */
    Tensor uniform(long... shape);

    /** Uniform int64 in {@code [0, high)}. */
    Tensor ints(long high, long... shape);

    /** A number below {@code high}, for the program and not for the device, which is not waited for. */
    default int pick(int high) {
        return Math.toIntExact(Ops.toLongs(ints(high, 1))[0]);
    }
}
