package duello.train;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Range;
import org.jspecify.annotations.Nullable;

/** How the networks of a recipe are trained. */
public record TrainSettings(
        @Doc("Iterations") @Default("100000") @Range(min = 1)
        long steps,

        @Doc("Images per micro batch") @Default("64") @Range(min = 1, max = 65536)
        int batch,

        @Doc("Micro batches whose gradients add up to one update") @Default("1") @Range(min = 1, max = 65536)
        int accumulate,

        @Doc("Who moves when") @Default("{}") Turns updates,

        @Doc("The generator's optimiser") @Default("{type: adam}")
        OptimizerSettings generator,

        @Doc("The discriminator's optimiser") @Default("{type: adam}")
        OptimizerSettings discriminator,

        @Doc("The moving average of the generator; leave out for none") @Nullable
        AverageSettings average,

        @Doc("Whether training images are flipped left to right at random") @Default("true")
        boolean flip,

        @Doc(
                "Whether each image of a batch is drawn from all, so that few images are enough; else they come in shuffled epochs")
        @Default("false")
        boolean replacement,

        @Doc("Arithmetic of forward passes: float32 or bfloat16") @Default("float32")
        Precision precision,

        @Doc("How several processes train as one") @Default("{}")
        Together processes,

        @Doc("cpu, cuda, cuda:0, ... or auto") @Default("auto")
        String device,

        @Doc("Every random draw of the run follows from it") @Default("0")
        long seed) {}
