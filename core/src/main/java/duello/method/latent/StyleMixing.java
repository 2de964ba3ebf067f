package duello.method.latent;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.method.CodeStep;
import duello.model.Code;
import duello.model.Generator;
import duello.model.Latent;
import duello.torch.Draws;
import duello.torch.Forward;
import duello.torch.Ops;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Style mixing: with a probability, the layers from a crossover on read the w of a second latent with the same labels. One
 * decision and one crossover, uniform in 1 to n - 1, for a whole batch.
 */
@Doc("Style mixing: layers from a random one on are given another latent's style, in training")
@Paper(
        "Karras et al., A Style-Based Generator Architecture for Generative Adversarial Networks, CVPR 2019, arXiv 1812.04948")
public record StyleMixing(
        @Doc("How often a batch is mixed") @Default("0.9") @Range(min = 0, max = 1)
        double probability) implements CodeStep {
    @Override
    public boolean needsMapping() {
        return true;
    }

    @Override
    public Code refine(Generator generator, Latent latent, Code code, Draws draws) {
        long batch = code.w().size(0);
        long layers = code.w().size(1);
        // Chosen by a mask, so that nobody waits for the device to say what was drawn.
        Tensor mixed = draws.uniform(1).lt(new Scalar(probability));
        Tensor crossover = Ops.add(draws.ints(layers - 1, 1), 1L).masked_fill(mixed.logical_not(), new Scalar(layers));
        Latent other = latent.moved(generator.space().draw(draws, batch));
        Tensor w = generator.map(other, Forward.TRACELESS).w();
        Tensor replaced = Ops.range(layers, w.device()).ge(crossover).view(1, layers, 1);
        return new Code(torch.where(replaced, w, code.w()), code.labels());
    }
}
