package duello.train;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Range;
import java.util.ArrayList;
import java.util.List;
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
        Standing standing,

        @Doc("Truncation of style networks: w is drawn to the mean w until psi of the way is left; leave out for none")
        @Nullable
        @Range(min = 0, max = 1)
        Double psi,

        @Doc("Of how many layers, from the first; leave out for all") @Nullable @Range(min = 1, max = 1000)
        Integer cutoff,

        @Doc(
                "What style networks add to their maps: random (each image its own), stored (as saved with the weights) or none")
        @Default("random")
        Noise noise) {

    /** No truncation, running statistics, random noise. */
    public static final SamplingSettings PLAIN = new SamplingSettings(null, Statistics.RUNNING, new Standing(256, 64));

    /** What style networks add to their maps. */
    public enum Noise {
        /** Every image its own, of its own draws. */
        RANDOM,
        /** What was saved with the weights, the same for all images. */
        STORED,
        /** Nothing. */
        NONE
    }

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

    /** No truncation of w, random noise. */
    public SamplingSettings(@Nullable Double truncation, Statistics statistics, Standing standing) {
        this(truncation, statistics, standing, null, null, Noise.RANDOM);
    }

    public SamplingSettings {
        if (truncation != null && !(truncation > 0)) {
            throw new IllegalArgumentException("truncation is " + truncation + "; no latent lies within a bound that is"
                    + " not above 0, so give one above or leave it out");
        }
        if (cutoff != null && psi == null) {
            throw new IllegalArgumentException(
                    "cutoff says how many layers psi is for, so give psi too or leave it out");
        }
    }

    /** Whether it says something that only style networks understand. */
    public boolean style() {
        return psi != null || noise != Noise.RANDOM;
    }

    /** The same, but running statistics where it would be those of the batch. */
    public SamplingSettings withoutBatchStatistics() {
        return statistics == Statistics.BATCH
                ? new SamplingSettings(truncation, Statistics.RUNNING, standing, psi, cutoff, noise)
                : this;
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
        List<String> all = new ArrayList<>(List.of(words));
        if (truncation != null) {
            all.add("truncation " + truncation);
        }
        if (psi != null) {
            all.add("psi " + psi + (cutoff == null ? "" : " of the first " + cutoff + " layers"));
        }
        if (noise != Noise.RANDOM) {
            all.add(noise == Noise.STORED ? "stored noise" : "no noise");
        }
        return String.join(", ", all);
    }
}
