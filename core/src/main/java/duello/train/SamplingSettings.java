package duello.train;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Range;
import org.jspecify.annotations.Nullable;

/** How images are drawn from a trained generator: nothing of it touches training. */
public record SamplingSettings(
        @Doc("Bound t: coordinates of gaussian latents are drawn anew until they lie in [-t, t]; leave out for none")
        @Nullable
        @Range(min = 0, above = true)
        Double truncation,

        @Doc(
                "What batch normalisation uses: running (moving averages of training), batch (each batch its own) or standing (averages taken anew)")
        @Default("running")
        Statistics statistics,

        @Doc("How standing statistics are taken") @Default("{}")
        Standing standing) {

    /** No truncation, running statistics. */
    public static final SamplingSettings PLAIN = new SamplingSettings(null, Statistics.RUNNING, new Standing(256, 64));

    /** What the generator's batch normalisation uses. */
    public enum Statistics {
        /** The moving averages of training. */
        RUNNING,
        /** Those of the batch that is drawn: an image then depends on what is drawn with it. */
        BATCH,
        /** Moving averages taken anew over fresh latents. */
        STANDING
    }

    /** Passes over which standing statistics are taken (Brock et al., 2019, section 3.1 and appendix). */
    public record Standing(
            @Doc("Forward passes") @Default("256") @Range(min = 1, max = 100000)
            int passes,

            @Doc("Largest batch of a pass; sizes are drawn uniformly from 1 up to it")
            @Default("64")
            @Range(min = 1, max = 65536)
            int batch) {}

    public SamplingSettings {
        if (truncation != null && !(truncation > 0)) {
            throw new IllegalArgumentException("truncation is " + truncation + "; no latent lies within a bound that is"
                    + " not above 0, so give one above or leave it out");
        }
    }

    /** The same, but running statistics where it would be those of the batch. */
    public SamplingSettings withoutBatchStatistics() {
        return statistics == Statistics.BATCH ? new SamplingSettings(truncation, Statistics.RUNNING, standing) : this;
    }

    /**
     * All that a score taken over such images depends on, in words: {@code running}; {@code standing (256 passes of up
     * to 64), truncation 0.5}.
     *
     * @param together how many images are drawn at once
     */
    public String words(int together) {
        String words = switch (statistics) {
            case RUNNING -> "running";
            case BATCH -> "batch (of " + together + ")";
            case STANDING -> "standing (" + standing.passes + " passes of up to " + standing.batch + ")";
        };
        return truncation == null ? words : words + ", truncation " + truncation;
    }
}
