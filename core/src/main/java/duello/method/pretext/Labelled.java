package duello.method.pretext;

import duello.torch.Ops;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The two losses of SSGAN-LA over 2K classes: 2k for real images in way k, 2k + 1 for generated ones. Outputs are {@code
 * [R, 2K]}, ways int64 {@code [R]}; every loss is a scalar.
 */
public enum Labelled {
    /** {@code -log softmax(s)_t}, the mean over images. */
    CROSS_ENTROPY {
        @Override
        Tensor away(Tensor outputs, Tensor classes) {
            return Recognition.loss(outputs, classes);
        }

        @Override
        Tensor towards(Tensor outputs, Tensor classes) {
            return Recognition.loss(outputs, classes);
        }
    },
    /**
     * {@code relu(1 - s_t + s_c)} for the discriminator and {@code s_c - s_t} for the generator, the mean over images and
     * over the 2K - 1 classes c that are not t.
     */
    MULTI_HINGE {
        @Override
        Tensor away(Tensor outputs, Tensor classes) {
            Tensor wrong =
                    Ops.oneHot(classes, outputs.size(1)).to(ScalarType.Bool).logical_not();
            Tensor margins = Ops.add(excess(outputs, classes), 1).relu();
            return overWrong(Ops.keepWhere(margins, wrong, 0));
        }

        @Override
        Tensor towards(Tensor outputs, Tensor classes) {
            return overWrong(excess(outputs, classes));
        }
    };

    /** A class's part of the discriminator's loss. */
    abstract Tensor away(Tensor outputs, Tensor classes);

    /** A class's part of the generator's loss. */
    abstract Tensor towards(Tensor outputs, Tensor classes);

    /** What the discriminator minimises: real images belong to 2k, generated ones to 2k + 1. */
    public Tensor discriminator(Tensor real, Tensor realWays, Tensor generated, Tensor generatedWays) {
        return away(real, asReal(realWays)).add(away(generated, asGenerated(generatedWays)));
    }

    /** What the generator minimises: its images should be taken for 2k and not for 2k + 1. */
    public Tensor generator(Tensor generated, Tensor ways) {
        return towards(generated, asReal(ways)).sub(towards(generated, asGenerated(ways)));
    }

    private static Tensor asReal(Tensor ways) {
        return ways.add(ways);
    }

    private static Tensor asGenerated(Tensor ways) {
        return Ops.add(asReal(ways), 1L);
    }

    /** {@code s_c - s_t}, {@code [R, 2K]}; 0 at the class itself. */
    private static Tensor excess(Tensor outputs, Tensor classes) {
        return outputs.sub(Ops.chosen(outputs, classes).unsqueeze(1));
    }

    private static Tensor overWrong(Tensor values) {
        return Ops.mul(values.sum(), 1.0 / (values.size(0) * (values.size(1) - 1)));
    }
}
