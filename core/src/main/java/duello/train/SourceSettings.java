package duello.train;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.model.ImageDomain;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** What a run starts from instead of fresh weights. */
public record SourceSettings(
        @Doc("The folder of a checkpoint, or of a run, of which the best one is taken")
        Path checkpoint,

        @Doc("What the generator starts from: raw, the weights as they were trained, or average, their moving average")
        @Default("raw")
        Weights generator,

        @Doc("What the discriminator starts from: source or, for a source that is a generator alone, fresh")
        @Default("source")
        Start discriminator) {
    /** Which weights of a generator. */
    public enum Weights {
        RAW,
        AVERAGE
    }

    /** Where weights come from. */
    public enum Start {
        SOURCE,
        FRESH
    }

    /** The same with another place of the checkpoint. */
    public SourceSettings at(Path other) {
        return new SourceSettings(other, generator, discriminator);
    }

    /**
     * Opens the checkpoint and checks every file of it against its digest.
     *
     * @throws duello.catalog.Failure if it is none, or damaged
     */
    public Source open() {
        return new Opened(this, Checkpoint.open(checkpoint));
    }

    private record Opened(SourceSettings settings, Checkpoint.State state) implements Source {
        @Override
        public String name() {
            return settings.checkpoint.toString();
        }

        @Override
        public ImageDomain domain() {
            return state.domain();
        }

        @Override
        public Map<String, Tensor> tensors(Part part) {
            String name = part.name().toLowerCase(Locale.ROOT);
            return state.holds(name) ? Checkpoint.tensors(settings.checkpoint, name) : Map.of();
        }

        @Override
        public Part generator() {
            boolean average = settings.generator == Weights.AVERAGE && state.holds("average");
            return average ? Part.AVERAGE : Part.GENERATOR;
        }

        @Override
        public boolean withDiscriminator() {
            return settings.discriminator == Start.SOURCE;
        }
    }
}
