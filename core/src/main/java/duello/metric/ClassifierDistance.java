package duello.metric;

import duello.torch.Ops;
import duello.torch.Scope;
import java.util.Collections;
import java.util.List;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The measure of LPIPS on the maps of a dataset's own classifier, so that no download is needed: the mean over its stages
 * of {@code mean_hw |f(x) - f(y)|^2} of maps of unit length, all channels alike; from 0 to 2. It ranks generators of one
 * dataset. It is not LPIPS, and is not called so.
 */
public final class ClassifierDistance implements PerceptualDistance {
    private final SmallClassifier classifier;
    private final Tensor weight;

    /** Over the maps of {@code classifier}. */
    public ClassifierDistance(SmallClassifier classifier) {
        this.classifier = classifier;
        this.weight = Scope.kept(() -> Ops.mul(Ops.ones(classifier.device(), 1, 1, 1, 1), 1.0 / classifier.stages()));
    }

    @Override
    public Tensor vectors(Tensor images) {
        List<Tensor> maps = classifier.maps(images.to(device(), ScalarType.Float));
        return UnitMaps.vectors(maps, Collections.nCopies(maps.size(), weight));
    }

    @Override
    public String name() {
        return "perceptual[" + classifier.name() + "]";
    }

    @Override
    public String digest() {
        return classifier.digest();
    }

    @Override
    public Device device() {
        return classifier.device();
    }
}
