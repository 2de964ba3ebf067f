package duello.method.pretext;

import duello.torch.Ops;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Class k turns an image counter-clockwise by {@code 90 k} degrees. */
public record QuarterTurns() implements Transformation {
    private static final int TURNS = 4;

    @Override
    public int classes() {
        return TURNS;
    }

    @Override
    public Tensor apply(Tensor images, Tensor classes) {
        Tensor[] turned = new Tensor[TURNS];
        for (int k = 0; k < TURNS; k++) {
            turned[k] = torch.rot90(images, k, 2, 3);
        }
        // All four of every image, then the wanted one: four copies of a batch of images are little beside a pass.
        Tensor all = torch.stack(new TensorVector(turned), 1).flatten(0, 1);
        Tensor wanted = Ops.range(images.size(0), images.device())
                .mul(new Scalar(TURNS))
                .add(classes);
        return all.index_select(0, wanted);
    }
}
