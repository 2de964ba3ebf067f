package duello.data;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.io.Remote;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * CIFAR-100: 60,000 photographs of 32 x 32 pixels in a hundred classes, or in the twenty that these are grouped into; 50,000
 * to learn from and the 10,000 of the test file as validation. Read from the binary version, whose records hold the coarse
 * label before the fine one.
 */
@Doc(
        "CIFAR-100: 50,000 photographs of 32 x 32 pixels in 100 classes, validation is the test file; downloaded when needed")
@Paper("Krizhevsky, Learning Multiple Layers of Features from Tiny Images, technical report, 2009")
public record Cifar100(
        @Doc("folder or .tar.gz of the binary version; empty to download it (169 MB)") @Default("\"\"")
        String path,

        @Doc("fine: 100 classes; coarse: their 20 groups") @Default("fine")
        Labels labels)
        implements DataSource {
    /** Which of the two labels of a record is taken. */
    public enum Labels {
        COARSE,
        FINE
    }

    static final Remote ARCHIVE = new Remote(
            URI.create("https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz"),
            "cifar-100-binary.tar.gz",
            168_513_733,
            "MD5", // no better one is published
            "03b5dce01913d631647c71ecec9e9cb8");

    @Override
    public int resolution() {
        return CifarRecords.SIDE;
    }

    @Override
    public Dataset open(Split split) {
        boolean fine = labels == Labels.FINE;
        String file = split == Split.TRAIN ? "train.bin" : "test.bin";
        String names = fine ? "fine_label_names.txt" : "coarse_label_names.txt";
        Map<String, byte[]> files = CifarFiles.read(path, "cifar-100-binary", ARCHIVE, Set.of(file, names));
        List<String> classes = CifarRecords.names(files.get(names), fine ? 100 : 20);
        return new CifarRecords(fine ? "cifar100" : "cifar100-coarse", 2, fine ? 1 : 0)
                .read(files, List.of(file), classes);
    }
}
