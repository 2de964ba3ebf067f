package duello.train;

import duello.catalog.Failure;
import duello.model.Code;
import duello.model.Generator;
import duello.model.Latent;
import duello.model.Prior;
import duello.torch.BatchNorm2d;
import duello.torch.Devices;
import duello.torch.Draws;
import duello.torch.Forward;
import duello.torch.Ops;
import duello.torch.RowDraws;
import duello.torch.Scope;
import duello.torch.SeededDraws;
import duello.torch.Seeds;
import duello.torch.TruncatedDraws;
import duello.train.SamplingSettings.Statistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Draws images from a generator that is not trained meanwhile. Image i of a seed is the same whatever is drawn with it:
 * its latent, its noise, and all that latent steps draw, is a function of the seed and i. Only with {@link Statistics#BATCH batch
 * statistics} an image depends on what it is drawn with.
 */
public final class Sampler {
    /** Enough for spectral norms whose vectors are averages to settle. */
    private static final int SETTLING_PASSES = 8;

    private final Generator generator;
    private final int classes;
    private final Device device;
    private final SamplingSettings settings;
    private final LatentChain chain;

    /** As {@link #Sampler(Generator, int, Device, SamplingSettings, LatentChain)} with nothing special. */
    public Sampler(Generator generator, int classes, Device device) {
        this(generator, classes, device, SamplingSettings.PLAIN, LatentChain.NONE);
    }

    /**
     * Draws from {@code generator}, whose buffers of spectral normalisation are brought up to date first, and those of
     * batch normalisation taken anew if they are to be standing: pass a copy of one that is still being trained.
     *
     * @throws Failure if the settings mean nothing for this generator
     */
    Sampler(Generator generator, int classes, Device device, SamplingSettings settings, LatentChain chain) {
        this.generator = generator;
        this.classes = classes;
        this.device = device;
        this.settings = settings;
        this.chain = chain;
        check();
        settle();
        if (settings.statistics() == Statistics.STANDING) {
            StandingStatistics.take(generator, classes, device, settings.standing());
        }
    }

    private void check() {
        if (settings.truncation() != null && generator.space().prior() != Prior.GAUSSIAN) {
            throw new Failure("truncation is for gaussian latents, but this generator's are "
                    + generator.space().prior().name().toLowerCase(Locale.ROOT)
                    + "; leave it out, or say sampling.truncation=null where a recipe has it");
        }
        if (settings.statistics() != Statistics.RUNNING && !BatchNorm2d.within(generator.module())) {
            throw new Failure("this generator has no batch normalisation, so there are no "
                    + settings.statistics().name().toLowerCase(Locale.ROOT)
                    + " statistics to use; leave statistics at running");
        }
        if (generator.center() == null && settings.style()) {
            throw new Failure("psi and noise are for style networks, but this generator maps no latents and adds no"
                    + " noise; leave them out");
        }
    }

    /** The generator, settled. */
    Generator generator() {
        return generator;
    }

    private void settle() {
        for (int i = 0; i < SETTLING_PASSES; i++) {
            try (Scope scope = Scope.open()) {
                Scope.noGrad(() -> generator.images(latents(0, 0, new long[2]), Forward.ITERATING_EVALUATION));
            }
        }
    }

    /** How many classes it knows. */
    public int classes() {
        return classes;
    }

    /**
     * All that images depend on besides the generator and the seed, in words, for the protocol of a score.
     *
     * @param together how many are drawn at once
     */
    public String protocol(int together) {
        String words = settings.words(together);
        return chain.words().isEmpty() ? words : words + ", " + String.join(", ", chain.words());
    }

    /**
     * Images {@code first ... first + labels.length - 1} of {@code seed}, {@code [B, 3, H, W]} in [-1, 1], without
     * gradient; they belong to the caller's scope.
     *
     * @throws Failure if a label is not one of the classes
     */
    public Tensor images(long seed, long first, long[] labels) {
        for (long label : labels) {
            if (label < 0 || label >= classes) {
                throw new Failure("there is no class " + label + "; the generator knows classes 0 to " + (classes - 1));
            }
        }
        return Scope.noGrad(() -> {
            Forward f = forward(seed, first, labels.length);
            return generator.draw(code(refined(seed, first, labels), f), f);
        });
    }

    private Code code(Latent latent, Forward f) {
        Code code = generator.map(latent, f);
        Tensor center = generator.center();
        Double psi = settings.psi();
        if (center == null || psi == null) {
            return code;
        }
        long layers = code.w().size(1);
        Integer cutoff = settings.cutoff();
        return code.truncated(center, psi, cutoff == null ? layers : Math.min(cutoff, layers));
    }

    /** How images are drawn; every call's noise starts anew. */
    private Forward forward(long seed, long first, int count) {
        Forward f = settings.statistics() == Statistics.BATCH ? Forward.BATCH_STATISTICS : Forward.EVALUATION;
        if (generator.center() == null) {
            return f;
        }
        return f.withNoise(
                switch (settings.noise()) {
                    case RANDOM -> Forward.Noise.drawn(new RowDraws(rows(seed, "sample.noise", first, count, device)));
                    case STORED -> Forward.Noise.STORED;
                    case NONE -> Forward.Noise.NONE;
                });
    }

    private Latent refined(long seed, long first, long[] labels) {
        return chain.refine(
                latents(seed, first, labels),
                generator,
                forward(seed, first, labels.length),
                step -> new RowDraws(rows(seed, "sample.step." + step, first, labels.length, device)));
    }

    private Latent latents(long seed, long first, long[] labels) {
        Tensor[] rows = rows(seed, "sample", first, labels.length, Devices.CPU).stream()
                .map(draws -> generator.space().draw(truncated(draws), 1))
                .toArray(Tensor[]::new);
        Tensor z = Ops.cat(0, rows).to(device, ScalarType.Float);
        return new Latent(z, Ops.tensor(labels, labels.length).to(device, ScalarType.Long));
    }

    private Draws truncated(Draws draws) {
        Double bound = settings.truncation();
        return bound == null ? draws : new TruncatedDraws(draws, bound);
    }

    private static List<Draws> rows(long seed, String stream, long first, int count, Device device) {
        return LongStream.range(first, first + count)
                .mapToObj(i -> (Draws) new SeededDraws(Seeds.derive(seed, stream, i), device))
                .toList();
    }
}
