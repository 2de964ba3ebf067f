package duello.model;

import duello.torch.Draws;
import duello.torch.Ops;
import org.bytedeco.pytorch.Tensor;

/** What latents are drawn from. */
public enum Prior {
    /** Each coordinate standard normal. */
    GAUSSIAN {
        @Override
        public Tensor draw(Draws draws, long count, long width) {
            return draws.normal(count, width);
        }
    },
    /** Each coordinate uniform in [-1, 1). */
    UNIFORM {
        @Override
        public Tensor draw(Draws draws, long count, long width) {
            return Ops.add(Ops.mul(draws.uniform(count, width), 2), -1);
        }
    };

    /** {@code count} latents, {@code [count, width]}. */
    public abstract Tensor draw(Draws draws, long count, long width);
}
