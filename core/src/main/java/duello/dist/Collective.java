package duello.dist;

import java.util.Collection;
import org.bytedeco.pytorch.Tensor;

/** What the processes of one run do together; every process must make the same calls in the same order. */
public interface Collective extends AutoCloseable {
    /** This process, in {@code 0 .. size() - 1}. */
    int rank();

    /** How many processes. */
    int size();

    /**
     * The rows of all processes in the order of their ranks, {@code [B, ...] -> [size * B, ...]}. The gradient reaches
     * this process's own rows only, multiplied as {@link Gathering} says.
     */
    Tensor gather(Tensor rows);

    /** The sum over the processes; differentiable once, the gradient being the sum of all processes' gradients. */
    Tensor sum(Tensor t);

    /** Replaces every tensor by its mean over the processes, in place. */
    void average(Collection<Tensor> tensors);

    /** What process 0 says. */
    long lead(long value);

    @Override
    void close();

    /** One process alone. */
    Collective LOCAL = new Collective() {
        @Override
        public int rank() {
            return 0;
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public Tensor gather(Tensor rows) {
            return rows;
        }

        @Override
        public Tensor sum(Tensor t) {
            return t;
        }

        @Override
        public void average(Collection<Tensor> tensors) {}

        @Override
        public long lead(long value) {
            return value;
        }

        @Override
        public void close() {}
    };
}
