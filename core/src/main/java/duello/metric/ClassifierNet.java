package duello.metric;

import duello.torch.Conv2d;
import duello.torch.Forward;
import duello.torch.Layer;
import duello.torch.Layers;
import duello.torch.Linear;
import duello.torch.Module;
import duello.torch.Ops;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The built-in classifier's layers: strided convolutions and residual blocks (He et al., 2016) from 16 x 16 down to
 * 4 x 4, then the mean over positions. {@code [B, 3, R, R]} in [-1, 1], R of 16 to 64, to 128 features and a logit for
 * each class.
 */
final class ClassifierNet implements Layer {
    static final int FEATURES = 128;
    /** Larger images are averaged down to this. */
    static final int LARGEST = 64;

    private static final int ONE_STEM = 32;
    private static final double EPS = 1e-5;

    private final Module module = new Module();
    private final List<Stage> stages = new ArrayList<>();
    private final Linear output;

    /** Convolution, normalisation, rectifier; a residual one adds its input before the rectifier. */
    private record Stage(Conv2d convolution, Normalisation norm, boolean residual) {
        Tensor apply(Tensor x, Forward f) {
            Tensor y = norm.apply(convolution.apply(x, f), f);
            return torch.relu(residual ? y.add(x) : y);
        }
    }

    ClassifierNet(Layers layers, int resolution, int classes) {
        if (resolution > ONE_STEM) {
            down(layers, 3, 16);
            down(layers, 16, 32);
        } else {
            down(layers, 3, 32);
        }
        same(layers, 32);
        down(layers, 32, 64);
        same(layers, 64);
        down(layers, 64, FEATURES);
        same(layers, FEATURES);
        this.output = module.child("output", layers.linear(FEATURES, classes, true));
    }

    private void down(Layers layers, int in, int out) {
        add(layers, Conv2d.Shape.conv(in, out, 4, 2, 1).withoutBias(), false);
    }

    private void same(Layers layers, int width) {
        add(layers, Conv2d.Shape.conv(width, width, 3, 1, 1).withoutBias(), true);
    }

    private void add(Layers layers, Conv2d.Shape shape, boolean residual) {
        int number = stages.size();
        Conv2d convolution = module.child("conv" + number, layers.conv(shape));
        Normalisation norm = module.child("norm" + number, new Normalisation(layers.init(), shape.out(), EPS));
        stages.add(new Stage(convolution, norm, residual));
    }

    /** {@code [B, 128]}. */
    Tensor features(Tensor x, Forward f) {
        List<Tensor> maps = maps(x, f);
        return Ops.mean(maps.get(maps.size() - 1), false, 2, 3);
    }

    /** The map of each stage, {@code [B, C, H, W]}. */
    List<Tensor> maps(Tensor x, Forward f) {
        List<Tensor> maps = new ArrayList<>();
        Tensor map = Ops.channelsLast(x);
        for (Stage stage : stages) {
            map = stage.apply(map, f);
            maps.add(map);
        }
        return maps;
    }

    /** How many maps there are. */
    int stages() {
        return stages.size();
    }

    /** {@code [B, 128]} to {@code [B, classes]}. */
    Tensor logits(Tensor features, Forward f) {
        return output.apply(features, f);
    }

    /** The area mean down to {@link #LARGEST}, where images are larger. */
    static Tensor fitted(Tensor x) {
        boolean fits = x.size(2) <= LARGEST && x.size(3) <= LARGEST;
        return fits ? x : torch.adaptive_avg_pool2d(x, LARGEST, LARGEST);
    }

    @Override
    public Module module() {
        return module;
    }
}
