package duello.metric;

import duello.catalog.ProgressListener;
import duello.data.Dataset;
import duello.torch.Adam;
import duello.torch.Draws;
import duello.torch.Forward;
import duello.torch.Ops;
import duello.torch.Scope;
import duello.torch.SeededDraws;
import duello.torch.Seeds;
import java.util.Random;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Trains the built-in classifier: cross-entropy, Adam at falling rates, images flipped at random. A function of the
 * dataset and the seed: the same weights every time on one machine and thread count.
 */
final class ClassifierTraining {
    private static final double[] RATES = {2e-3, 6e-4, 1.5e-4};
    private static final double[] UNTIL = {0.6, 0.87, 1};

    private final Settings settings;
    private final Device device;
    private final ProgressListener listener;

    /**
     * How long and on what.
     *
     * @param images how many images are looked at in all, repeats included
     * @param batch how many at once
     * @param flips whether half of them are mirrored
     * @param seed of weights, order and flips
     */
    record Settings(long images, int batch, boolean flips, long seed) {
        /** Two rounds, but at least 30 000 (of a small set, 300 rounds) and at most 400 000 images. */
        static Settings standard(int size) {
            long least = Math.min(30_000, 300L * size);
            return new Settings(Math.max(least, Math.min(400_000, 2L * size)), 64, true, 0);
        }
    }

    ClassifierTraining(Settings settings, Device device, ProgressListener listener) {
        this.settings = settings;
        this.device = device;
        this.listener = listener;
    }

    /** Trains {@code net} in place. */
    void train(ClassifierNet net, Dataset data) {
        String stage = "training a classifier on " + data.name();
        long steps = Math.max(1, settings.images / settings.batch);
        Order order = new Order(data.size(), settings.seed);
        long step = 0;
        Adam previous = null;
        net.module().requiresGrad(true);
        for (int phase = 0; phase < RATES.length; phase++) {
            Adam adam = new Adam(net.module().parameters(), new Adam.Settings(RATES[phase], 0.9, 0.99, 1e-8, 1e-4));
            if (previous != null) {
                try (Scope scope = Scope.open()) {
                    adam.load(previous.state());
                }
            }
            for (; step < Math.round(steps * UNTIL[phase]); step++) {
                step(net, adam, data, order.next(settings.batch), step);
                if (step % 20 == 0) {
                    listener.progress(stage, step * settings.batch, steps * settings.batch);
                }
            }
            previous = adam;
        }
        net.module().requiresGrad(false);
        net.module().zeroGrad();
        listener.progress(stage, steps * settings.batch, steps * settings.batch);
    }

    private void step(ClassifierNet net, Adam adam, Dataset data, int[] places, long step) {
        try (Scope scope = Scope.open()) {
            Tensor x = DatasetImages.batch(data, places, device);
            Draws draws = new SeededDraws(Seeds.derive(settings.seed, "classifier.flip", step), device);
            Tensor shown = ClassifierNet.fitted(settings.flips ? flipped(x, draws) : x);
            Tensor logits = net.logits(net.features(shown, Forward.TRAINING), Forward.TRAINING);
            net.module().zeroGrad();
            Ops.backward(torch.cross_entropy_loss(logits, DatasetImages.labels(data, places, device)));
            adam.step();
        }
    }

    private static Tensor flipped(Tensor x, Draws draws) {
        Tensor which = draws.uniform(x.size(0), 1, 1, 1).lt(Ops.scalar(0.5));
        return torch.where(which, x.flip(3), x);
    }

    /** Share of images that the network classifies rightly, 0 to 1. */
    double accuracy(ClassifierNet net, Dataset data) {
        return Scope.noGrad(() -> {
            long right = 0;
            for (int from = 0; from < data.size(); from += settings.batch) {
                try (Scope scope = Scope.open()) {
                    int[] places = DatasetImages.range(from, Math.min(data.size(), from + settings.batch));
                    Tensor x = ClassifierNet.fitted(DatasetImages.batch(data, places, device));
                    Tensor best = net.logits(net.features(x, Forward.EVALUATION), Forward.EVALUATION)
                            .argmax(new LongOptional(1), false);
                    right += best.eq(DatasetImages.labels(data, places, device))
                            .sum()
                            .item_long();
                }
            }
            return (double) right / data.size();
        });
    }

    /** All images in a random order, then all in another, without end. */
    private static final class Order {
        private final int[] places;
        private final long seed;
        private int round;
        private int next;

        Order(int size, long seed) {
            this.places = DatasetImages.range(0, size);
            this.seed = seed;
            this.next = size;
        }

        int[] next(int count) {
            int[] out = new int[count];
            for (int i = 0; i < count; i++) {
                if (next == places.length) {
                    shuffle(new Random(Seeds.derive(seed, "classifier.order", round++)));
                }
                out[i] = places[next++];
            }
            return out;
        }

        private void shuffle(Random random) {
            for (int i = places.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int kept = places[i];
                places[i] = places[j];
                places[j] = kept;
            }
            next = 0;
        }
    }
}
