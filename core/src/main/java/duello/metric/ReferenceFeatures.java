package duello.metric;

import duello.catalog.Failure;
import duello.catalog.ProgressListener;
import duello.data.Dataset;
import duello.io.SafeTensors;
import duello.torch.Ops;
import duello.torch.Scope;
import duello.torch.States;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The features of real images, computed once: a file of the cache folder is named by the dataset's fingerprint, the
 * network's digest and the resizer. A damaged file is computed again, with a warning.
 */
final class ReferenceFeatures {
    /** Precision, recall, density and coverage of larger sets use a random choice of this many, as is usual. */
    static final int MOST_ROWS = 50_000;

    private static final Logger log = LoggerFactory.getLogger(ReferenceFeatures.class);
    private static final int CHOICE_SEED = 2020;

    private final FeatureNetwork network;
    private final Path cacheDir;
    private final int batch;
    private final ProgressListener listener;

    ReferenceFeatures(FeatureNetwork network, Path cacheDir, int batch, ProgressListener listener) {
        this.network = network;
        this.cacheDir = cacheDir;
        this.batch = batch;
        this.listener = listener;
    }

    /** From the cache, or computed and then cached. */
    Reference of(Dataset dataset) {
        Path file = cacheDir.resolve("features-v1-" + dataset.fingerprint() + "-" + network.digest() + "-"
                + network.resizer().replaceAll("[^A-Za-z0-9]+", "-") + ".safetensors");
        if (Files.exists(file)) {
            try {
                return read(file, dataset);
            } catch (Failure e) {
                log.warn("{}; computing the features again", e.getMessage());
            }
        }
        Reference made = compute(dataset);
        write(file, made);
        return made;
    }

    private Reference compute(Dataset dataset) {
        int n = dataset.size();
        boolean[] chosen = chosen(n);
        FeatureRows rows = new FeatureRows(Math.min(n, MOST_ROWS), network.width());
        Moments moments = new Moments(network.width());
        String stage = "features of " + dataset.name();
        Scope.withoutGrad(() -> {
            for (int from = 0; from < n; from += batch) {
                int[] places = DatasetImages.range(from, Math.min(n, from + batch));
                try (Scope scope = Scope.open()) {
                    add(dataset, places, chosen, rows, moments);
                }
                listener.progress(stage, from + places.length, n);
            }
        });
        // With fewer images than features, the rows give what moments cannot: the exact value.
        Gaussian gaussian = n > network.width() ? Gaussian.ofMoments(moments) : Gaussian.ofRows(rows.features());
        return new Reference(nameOf(dataset), gaussian, rows.features(), rows.labels());
    }

    private void add(Dataset dataset, int[] places, boolean[] chosen, FeatureRows rows, Moments moments) {
        Tensor images = DatasetImages.batch(dataset, places, network.device());
        FeatureNetwork.Output output = network.extract(images);
        moments.add(output.features());
        long[] kept = Arrays.stream(places)
                .filter(i -> chosen[i])
                .mapToLong(i -> i - places[0])
                .toArray();
        Tensor which = Ops.tensor(kept, kept.length).to(network.device(), ScalarType.Long);
        Tensor labels = DatasetImages.labels(dataset, places, network.device()).index_select(0, which);
        rows.add(new FeatureNetwork.Output(output.features().index_select(0, which), null), labels);
    }

    private static boolean[] chosen(int n) {
        boolean[] chosen = new boolean[n];
        if (n <= MOST_ROWS) {
            Arrays.fill(chosen, true);
        } else {
            for (int i : new LegacyRandom(CHOICE_SEED).choice(n, MOST_ROWS)) {
                chosen[i] = true;
            }
        }
        return chosen;
    }

    static String nameOf(Dataset dataset) {
        return dataset.name() + "#" + dataset.fingerprint();
    }

    private static void write(Path file, Reference reference) {
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            tensors.put("mean", reference.gaussian().mean());
            tensors.put("root", reference.gaussian().root());
            tensors.put("rows", reference.rows());
            long[] labels = Arrays.stream(reference.labels()).asLongStream().toArray();
            tensors.put("labels", Ops.tensor(labels, labels.length));
            TensorFiles.write(file, tensors, Map.of("dataset", reference.name()));
        }
    }

    private Reference read(Path file, Dataset dataset) {
        SafeTensors.Contents contents = TensorFiles.read(file);
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> tensors = TensorFiles.tensors(contents.tensors());
            Tensor rows = States.required(tensors, "rows");
            Tensor mean = States.required(tensors, "mean");
            Tensor root = States.required(tensors, "root");
            long[] labels = Ops.toLongs(States.required(tensors, "labels"));
            long expected = Math.min(dataset.size(), MOST_ROWS);
            boolean fits = rows.dim() == 2
                    && root.dim() == 2
                    && rows.size(0) == expected
                    && labels.length == expected
                    && rows.size(1) == network.width()
                    && root.size(1) == network.width()
                    && mean.numel() == network.width();
            if (!fits) {
                throw new Failure(file + ": the features are of other shapes than this dataset and network give");
            }
            Gaussian gaussian = new Gaussian(dataset.size(), Scope.keep(mean), Scope.keep(root));
            int[] ofRows = Arrays.stream(labels).mapToInt(l -> (int) l).toArray();
            return new Reference(nameOf(dataset), gaussian, Scope.keep(rows), ofRows);
        }
    }
}
