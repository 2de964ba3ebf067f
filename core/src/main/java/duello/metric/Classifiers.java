package duello.metric;

import duello.catalog.Failure;
import duello.catalog.ProgressListener;
import duello.data.Dataset;
import duello.data.Shapes;
import duello.data.Split;
import duello.io.SafeTensors;
import duello.torch.Devices;
import duello.torch.Scope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The built-in classifiers, trained once for a dataset and then read from a cache folder. A file of the cache is named
 * by the fingerprints of both splits and the network's version; a damaged one is trained again, with a warning.
 */
public final class Classifiers {
    private static final Logger log = LoggerFactory.getLogger(Classifiers.class);
    private static final String ACCURACY = "validation_accuracy";
    private static final int SHAPES_TRAIN = 20_000;
    private static final int SHAPES_VALIDATION = 4_000;

    private Classifiers() {}

    /** As {@link #forDataset(Dataset, Dataset, Path, ProgressListener, Device)} on the processor. */
    public static SmallClassifier forDataset(
            Dataset train, Dataset validation, Path cacheDir, ProgressListener listener) {
        return forDataset(train, validation, cacheDir, listener, Devices.CPU);
    }

    /**
     * The classifier of a dataset, trained (about a minute for 20 000 images of 32 pixels on two cores) or from the
     * cache.
     *
     * <p>A dataset of a single class has nothing to classify: its features come from a classifier of the built-in
     * {@code shapes}, and its scores are named {@code fid[shapes-classifier]}.
     *
     * @param validation held-back images of the same classes, of which the accuracy is reported
     * @throws Failure if the splits have different classes, or the cache folder cannot be written
     */
    public static SmallClassifier forDataset(
            Dataset train, Dataset validation, Path cacheDir, ProgressListener listener, Device device) {
        if (train.classes().size() < 2) {
            return ofShapes(train.resolution(), cacheDir, listener, device);
        }
        if (!train.classes().equals(validation.classes())) {
            throw new Failure("the classes of " + train.name() + " and " + validation.name()
                    + " differ; both splits must have the same class folders");
        }
        return forDataset(
                train,
                validation,
                cacheDir,
                new ClassifierTraining(ClassifierTraining.Settings.standard(train.size()), device, listener),
                device);
    }

    /** A classifier of the built-in {@code shapes}, for images of {@code resolution} whose own classes cannot be learned. */
    public static SmallClassifier ofShapes(int resolution, Path cacheDir, ProgressListener listener, Device device) {
        Shapes shapes = substitute(resolution);
        return forDataset(shapes.open(Split.TRAIN), shapes.open(Split.VALIDATION), cacheDir, listener, device);
    }

    /** What is learned from in place of images without classes. */
    static Shapes substitute(int resolution) {
        return new Shapes(resolution > 32 ? 64 : 32, SHAPES_TRAIN, SHAPES_VALIDATION, 10, 0);
    }

    static SmallClassifier forDataset(
            Dataset train, Dataset validation, Path cacheDir, ClassifierTraining training, Device device) {
        SmallClassifier.About about =
                new SmallClassifier.About(nameOf(train) + "-classifier", train.resolution(), train.classes());
        Path file = cacheDir.resolve("classifier-v" + SmallClassifier.VERSION + "-" + train.fingerprint() + "-"
                + validation.fingerprint() + ".safetensors");
        if (Files.exists(file)) {
            try {
                return read(file, about, device);
            } catch (Failure e) {
                log.warn("{}; training the classifier again", e.getMessage());
            }
        }
        ClassifierNet net = about.fresh(0, device);
        training.train(net, train);
        double accuracy = training.accuracy(net, validation);
        log.info("{}: {} of the validation images classified rightly", about.name(), accuracy);
        SmallClassifier made = new SmallClassifier(about, net, accuracy, device);
        TensorFiles.write(file, net.module().state(), Map.of(ACCURACY, Double.toString(accuracy)));
        return made;
    }

    private static SmallClassifier read(Path file, SmallClassifier.About about, Device device) {
        SafeTensors.Contents contents = TensorFiles.read(file);
        ClassifierNet net = about.fresh(0, device);
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> state = TensorFiles.tensors(contents.tensors());
            net.module().load(state, file.toString());
        }
        return new SmallClassifier(about, net, accuracy(file, contents.metadata()), device);
    }

    private static double accuracy(Path file, Map<String, String> metadata) {
        try {
            return Double.parseDouble(metadata.getOrDefault(ACCURACY, ""));
        } catch (NumberFormatException e) {
            throw new Failure(file + ": has no validation accuracy; the file is damaged", e);
        }
    }

    /** The dataset's name without its split. */
    private static String nameOf(Dataset dataset) {
        List<String> parts = List.of(dataset.name().split("/", 2));
        return parts.get(0);
    }
}
