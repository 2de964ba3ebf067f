package duello.analysis;

import duello.data.Dataset;
import duello.method.Figures;
import duello.method.Hook;
import duello.method.Measured;
import duello.method.Table;
import duello.metric.DatasetImages;
import duello.model.Latent;
import duello.torch.Draws;
import duello.torch.Forward;
import duello.torch.Ops;
import duello.torch.Scope;
import duello.torch.SeededDraws;
import duello.torch.Seeds;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** {@link DiscriminatorOverfitting} in a run. */
final class DiscriminatorAccuracy implements Hook, Measured {
    private static final int BATCH = 64;
    private static final long NEVER = -1;

    private final Table table;
    private final DiscriminatorOverfitting settings;
    private final Figures figures = new Figures();
    private @Nullable Dataset heldBack;
    private long done;
    private long last = NEVER;

    DiscriminatorAccuracy(Table table, DiscriminatorOverfitting settings) {
        this.table = table;
        this.settings = settings;
    }

    @Override
    public void afterIteration(long step) {
        done = step + 1;
    }

    /** Measures when it is time to; nothing where the last measurement is of an earlier iteration. */
    @Override
    public Map<String, Tensor> measures() {
        if (last == NEVER || done - last >= settings.every()) {
            try (Scope scope = Scope.open()) {
                Scope.withoutGrad(this::measure);
            }
            last = done;
        }
        return last == done ? figures.all() : Map.of();
    }

    private void measure() {
        Dataset train = table.data().train();
        if (train != null) {
            figures.set(DiscriminatorOverfitting.NAME + "train", ofReals(train));
            figures.set(DiscriminatorOverfitting.NAME + "held_back", ofReals(heldBack()));
        }
        figures.set(DiscriminatorOverfitting.NAME + "generated", ofFakes());
    }

    private Dataset heldBack() {
        Dataset open = heldBack;
        if (open == null) {
            open = table.data().heldBack().get();
            heldBack = open;
        }
        return open;
    }

    /** Evenly spread over the dataset, whatever its order is. */
    private Tensor ofReals(Dataset dataset) {
        int count = Math.min(settings.images(), dataset.size());
        int[] places = IntStream.range(0, count)
                .map(i -> (int) ((long) i * dataset.size() / count))
                .toArray();
        Tensor right = Ops.zeros(table.device());
        for (int from = 0; from < count; from += BATCH) {
            int[] some = Arrays.copyOfRange(places, from, Math.min(count, from + BATCH));
            try (Scope scope = Scope.open()) {
                Tensor images = DatasetImages.batch(dataset, some, table.device());
                add(right, images, DatasetImages.labels(dataset, some, table.device()), true);
            }
        }
        return Ops.mul(right, 1.0 / count);
    }

    private Tensor ofFakes() {
        Tensor right = Ops.zeros(table.device());
        for (int from = 0; from < settings.images(); from += BATCH) {
            int count = Math.min(BATCH, settings.images() - from);
            try (Scope scope = Scope.open()) {
                Draws draws = new SeededDraws(Seeds.derive(0, DiscriminatorOverfitting.NAME, from), table.device());
                Tensor z = table.generator().space().draw(draws, count);
                Latent latent = new Latent(z, draws.ints(table.domain().classes(), count));
                add(right, table.generator().images(latent, Forward.EVALUATION), latent.labels(), false);
            }
        }
        return Ops.mul(right, 1.0 / settings.images());
    }

    private void add(Tensor right, Tensor images, Tensor labels, boolean real) {
        Tensor scores = table.score(images, labels, Forward.EVALUATION);
        right.add_(DiscriminatorOverfitting.right(scores, real, table.boundary()));
    }
}
