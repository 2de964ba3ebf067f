package duello.data;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.io.Remote;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * CIFAR-10: 60,000 photographs of 32 x 32 pixels in ten classes; 50,000 to learn from, in the order of the five batches, and
 * the 10,000 of the test batch as validation. Read from the binary version.
 */
@Doc(
        "CIFAR-10: 50,000 photographs of 32 x 32 pixels in 10 classes, validation is the test batch; downloaded when needed")
@Paper("Krizhevsky, Learning Multiple Layers of Features from Tiny Images, technical report, 2009")
public record Cifar10(
        @Doc("folder or .tar.gz of the binary version; empty to download it (170 MB)") @Default("\"\"")
        String path) implements DataSource {
    private static final List<String> TRAIN =
            List.of("data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin");
    private static final List<String> TEST = List.of("test_batch.bin");
    private static final List<String> CLASSES =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

    static final Remote ARCHIVE = new Remote(
            URI.create("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"),
            "cifar-10-binary.tar.gz",
            170_052_171,
            "SHA-256",
            "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd");

    @Override
    public int resolution() {
        return CifarRecords.SIDE;
    }

    @Override
    public List<String> knownClasses() {
        return CLASSES;
    }

    @Override
    public Dataset open(Split split) {
        List<String> files = split == Split.TRAIN ? TRAIN : TEST;
        return new CifarRecords("cifar10", 1, 0)
                .read(CifarFiles.read(path, "cifar-10-batches-bin", ARCHIVE, Set.copyOf(files)), files, CLASSES);
    }
}
