package duello.train;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Range;
import duello.torch.Average;
import duello.torch.Module;
import org.jspecify.annotations.Nullable;

/** The moving average of the generator that samples and scores are made with. */
public record AverageSettings(
        @Doc("Share of the old average that stays at each generator update") @Default("0.999") @Range(min = 0, max = 1)
        double decay,

        @Doc("Iteration up to which the average is a plain copy") @Default("0") @Range(min = 0)
        long start,

        @Doc("Takes the place of decay, which then says nothing; buffers are copied") @Nullable
        HalfLife halfLife) {

    /**
     * A share that follows from the images seen: after {@code n} more, half of the old average is left. With b images an
     * update {@code decay = 0.5^(b / n)}.
     */
    public record HalfLife(
            @Doc("The half-life in thousands of images") @Default("500") @Range(min = 0, above = true)
            double thousands,

            @Doc("Early on it is this share of the images seen so far, if that is less; leave out for none")
            @Nullable
            @Range(min = 0, above = true)
            Double rampUp) {
        /** The decay of iteration {@code step}, counted from 0, with {@code images} images an iteration. */
        public double decay(long step, long images) {
            double n = 1000 * thousands;
            if (rampUp != null) {
                n = Math.min(n, (double) images * step * rampUp);
            }
            return Math.pow(0.5, images / Math.max(n, 1e-8));
        }
    }

    /** An average by decay. */
    public AverageSettings(double decay, long start) {
        this(decay, start, null);
    }

    /**
     * One update in iteration {@code step}.
     *
     * @param images of an iteration
     */
    void update(Module average, Module source, long step, long images) {
        if (step < start) {
            Average.update(average, source, 0);
        } else if (halfLife == null) {
            Average.update(average, source, decay);
        } else {
            Average.updateParameters(average, source, halfLife.decay(step, images));
        }
    }
}
