package duello.analysis;

import duello.catalog.Failure;
import duello.data.Dataset;
import duello.method.Batch;
import duello.method.Player;
import duello.metric.DatasetImages;
import duello.torch.Draws;
import duello.torch.Ops;
import duello.torch.Scope;
import duello.torch.SeededDraws;
import duello.torch.Seeds;
import duello.train.Probe;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The losses of a player around its weights: {@code L(theta + x delta + y eta)} with two random directions, scaled to the
 * weights (Li et al., NeurIPS 2018, arXiv 1712.09913), as DeshuffleGAN's second paper (arXiv 2011.01730) looks at what a
 * self-supervised task does to a GAN. The other player, the images and all draws stay what they are. The raw weight is
 * moved where spectral normalisation divides it.
 *
 * <p>The weights are where they were once it is closed.
 */
public final class Landscape implements AutoCloseable {
    private final Probe probe;
    private final Player player;
    private final Map<String, Probe.Parameter> parameters;
    private final Map<String, Tensor> centre = new LinkedHashMap<>();
    private final Map<String, Tensor> first = new LinkedHashMap<>();
    private final Map<String, Tensor> second = new LinkedHashMap<>();

    /**
     * Draws the directions; the same seed, names and shapes give the same ones in every run.
     *
     * @param player whose weights are moved and whose losses are looked at
     */
    public Landscape(Probe probe, Player player, Scaling scaling, long seed) {
        this.probe = probe;
        this.player = player;
        this.parameters = probe.parameters(player);
        try (Scope scope = Scope.open()) {
            Scope.withoutGrad(() -> parameters.forEach((name, p) -> {
                centre.put(name, Scope.keep(Ops.cloneOf(p.value())));
                first.put(name, direction(p, scaling, Seeds.derive(seed, "landscape.x." + name)));
                second.put(name, direction(p, scaling, Seeds.derive(seed, "landscape.y." + name)));
            }));
        }
    }

    private static Tensor direction(Probe.Parameter p, Scaling scaling, long seed) {
        Draws draws = new SeededDraws(seed, p.value().device());
        return Scope.keep(scaling.of(draws.normal(Ops.shape(p.value())), p.value(), p.outputAxis()));
    }

    /**
     * The losses at a place, by the names of their parts and {@link Probe#TOTAL}.
     *
     * @throws Failure if one of them is not finite even at the centre
     */
    public Map<String, Double> at(double x, double y) {
        move(x, y);
        Map<String, Double> losses = probe.losses(player);
        if (x == 0 && y == 0 && losses.values().stream().anyMatch(v -> !Double.isFinite(v))) {
            throw new Failure("the losses of these weights are not finite, so there is nothing to look at around them");
        }
        return losses;
    }

    /** {@link Probe#cosines} at the centre. */
    public Map<String, Double> cosines() {
        move(0, 0);
        return probe.cosines(player);
    }

    private void move(double x, double y) {
        try (Scope scope = Scope.open()) {
            Scope.withoutGrad(() -> parameters.forEach((name, p) -> p.value()
                    .copy_(centre.get(name))
                    .add_(first.get(name), Ops.scalar(x))
                    .add_(second.get(name), Ops.scalar(y))));
        }
    }

    /**
     * Batches for a probe, from all over a dataset: image k of batch i is number {@code (k batches + i) size / all}.
     *
     * @param batches how many
     * @param batch images in each
     */
    public static Probe.Reals spread(Dataset dataset, int batches, int batch, Device device) {
        return number -> {
            int[] places = IntStream.range(0, batch)
                    .map(k -> (int) (((long) k * batches + number) * dataset.size() / ((long) batch * batches)))
                    .toArray();
            long[] ids = Arrays.stream(places).asLongStream().toArray();
            return new Batch(
                    Ops.channelsLast(DatasetImages.batch(dataset, places, device)),
                    DatasetImages.labels(dataset, places, device),
                    Ops.tensor(ids, batch).to(device, ScalarType.Long));
        };
    }

    /** {@code points} places from {@code -reach} to {@code reach}, ends included; the middle one is exactly 0. */
    public static double[] axis(int points, double reach) {
        double[] places = new double[points];
        for (int i = 0; i < points; i++) {
            places[i] = reach * (2.0 * i / (points - 1) - 1);
        }
        return places;
    }

    /** The second difference of three values at places {@code h} apart: how sharply the loss bends. */
    public static double curvature(double before, double middle, double after, double h) {
        return (before - 2 * middle + after) / (h * h);
    }

    @Override
    public void close() {
        move(0, 0);
    }
}
