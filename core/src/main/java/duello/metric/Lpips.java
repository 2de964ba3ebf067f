package duello.metric;

import duello.catalog.Failure;
import duello.io.NdArray;
import duello.torch.Init;
import duello.torch.Layers;
import duello.torch.Module;
import duello.torch.Ops;
import duello.torch.Scope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * LPIPS, version 0.1 (Zhang, Isola, Efros, Shechtman and Wang, <i>The Unreasonable Effectiveness of Deep Features as a
 * Perceptual Metric</i>, CVPR 2018, arXiv 1801.03924): the distance of unit-normalised maps, each channel weighted as people
 * were found to judge. 0 for equal images, seldom above 1.
 *
 * <p>The weights are the user's files: torchvision's network and the published linear weights, see {@link #load}.
 */
public final class Lpips implements PerceptualDistance {
    private static final double[] SHIFT = {-0.030, -0.088, -0.188};
    private static final double[] SCALE = {0.458, 0.448, 0.450};

    private final LpipsNet net;
    private final Trunk trunk;
    private final List<Tensor> weights;
    private final String digest;
    private final Device device;
    private final Tensor shift;
    private final Tensor scale;

    private Lpips(LpipsNet net, Map<String, NdArray> arrays, String source, Device device) {
        this.net = net;
        this.device = device;
        Init init = Init.of(Init.Rule.XAVIER, 0, device);
        Module module = new Module();
        this.trunk = net.trunk(new Layers(init, false));
        module.child("features", trunk);
        this.weights = linear(module, init, trunk.widths());
        try (Scope scope = Scope.open()) {
            module.load(TensorFiles.tensors(arrays), source);
        }
        check(source);
        this.digest = TensorFiles.digest(TensorFiles.arrays(module.state()));
        this.shift = Scope.kept(() -> colours(SHIFT));
        this.scale = Scope.kept(() -> colours(SCALE));
    }

    /**
     * Reads the weights. Nothing in the files is executed.
     *
     * @param files torchvision's file of the network and {@code weights/v0.1/<net>.pth} of the LPIPS repository, or one file
     *     that holds both; {@code .pth} or {@code .safetensors}
     * @throws Failure if a file cannot be read, a half is missing, or names or shapes are not this network's
     */
    public static Lpips load(LpipsNet net, List<Path> files, Device device) {
        return of(net, LpipsWeights.read(net, files), files.toString(), device);
    }

    static Lpips of(LpipsNet net, Map<String, NdArray> arrays, String source, Device device) {
        return new Lpips(net, arrays, source, device);
    }

    private static List<Tensor> linear(Module module, Init init, List<Integer> widths) {
        List<Tensor> weights = new ArrayList<>();
        for (int i = 0; i < widths.size(); i++) {
            Module layer = new Module();
            weights.add(layer.parameter("weight", init.zeros(1, widths.get(i), 1, 1)));
            Module model = new Module();
            model.child("1", layer); // its number 0 is a dropout
            Module lin = new Module();
            lin.child("model", model);
            module.child("lin" + i, lin);
        }
        return weights;
    }

    private void check(String source) {
        try (Scope scope = Scope.open()) {
            for (int i = 0; i < weights.size(); i++) {
                if (!(weights.get(i).min().item_double() >= 0)) {
                    throw new Failure(
                            source + ": 'lin" + i + ".model.1.weight' has a negative number, which no weights of"
                                    + " LPIPS have; the file is damaged or of another program");
                }
            }
        }
    }

    private Tensor colours(double[] values) {
        return Ops.tensor(values, 1, 3, 1, 1).to(device, ScalarType.Float);
    }

    @Override
    public Tensor vectors(Tensor images) {
        return UnitMaps.vectors(maps(images), weights);
    }

    /** The tapped maps. */
    List<Tensor> maps(Tensor images) {
        return trunk.maps(images.to(device, ScalarType.Float).sub(shift).div(scale));
    }

    /** The weights of the maps' channels, {@code [1, C, 1, 1]} each. */
    List<Tensor> weights() {
        return weights;
    }

    @Override
    public String name() {
        return "LPIPS[" + net.title() + "]";
    }

    @Override
    public String digest() {
        return digest;
    }

    @Override
    public Device device() {
        return device;
    }
}
