package duello.metric;

import duello.torch.Forward;
import duello.torch.Init;
import duello.torch.Layers;
import duello.torch.Ops;
import java.util.List;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;

/**
 * The built-in feature network: a compact convolutional classifier that {@link Classifiers} trains on a dataset's own
 * training images, so that scores need no download. Features are its 128 pooled maps before the last linear layer.
 *
 * <p>Such scores rank models of one dataset; they are no FID proper and are named so, {@code fid[shapes-classifier]}.
 */
public final class SmallClassifier implements FeatureNetwork {
    /** Changes whenever the network or its training does; part of the cache's key. */
    static final int VERSION = 1;

    private final String name;
    private final List<String> classes;
    private final double accuracy;
    private final Device device;
    private final ClassifierNet net;
    private final String digest;

    /**
     * @param about name, image size and classes
     * @param accuracy share of the validation images that are classified rightly, 0 to 1
     */
    SmallClassifier(About about, ClassifierNet net, double accuracy, Device device) {
        this.name = about.name;
        this.classes = about.classes;
        this.accuracy = accuracy;
        this.device = device;
        this.net = net;
        this.digest = TensorFiles.digest(TensorFiles.arrays(net.module().state()));
    }

    /** What a classifier is for: its name, the side of its images in pixels, the classes it tells apart. */
    record About(String name, int resolution, List<String> classes) {
        /** A network of that size with fresh weights. */
        ClassifierNet fresh(long seed, Device device) {
            Layers layers = new Layers(Init.of(Init.Rule.XAVIER, seed, device), false);
            return new ClassifierNet(layers, resolution, classes.size());
        }
    }

    @Override
    public Output extract(Tensor images) {
        Tensor levels = EightBit.levels(images.to(device, images.scalar_type()));
        Tensor x = Ops.add(levels.div_(Ops.scalar(127.5)), -1);
        Tensor features = net.features(ClassifierNet.fitted(x), Forward.EVALUATION);
        return new Output(features, net.logits(features, Forward.EVALUATION));
    }

    /** The map of each stage for images in [-1, 1] that lie where it computes, not quantised. */
    List<Tensor> maps(Tensor images) {
        return net.maps(ClassifierNet.fitted(images), Forward.EVALUATION);
    }

    /** How many maps there are. */
    int stages() {
        return net.stages();
    }

    /** Share of the validation images that it classifies rightly, 0 to 1. */
    public double accuracy() {
        return accuracy;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String digest() {
        return digest;
    }

    @Override
    public String resizer() {
        return "area<=" + ClassifierNet.LARGEST;
    }

    @Override
    public int width() {
        return ClassifierNet.FEATURES;
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public Device device() {
        return device;
    }
}
