package duello.bench;

import duello.bench.FilterForms.Form;
import duello.bench.FilterForms.Job;
import duello.catalog.Failure;
import java.util.Locale;
import java.util.Set;
import org.bytedeco.pytorch.global.torch;

/**
 * Convolutions that double or halve with StyleGAN2's filter, and those that styles scale: the form that Duello computes against others of the same
 * function, forward and backward, taking turns in one process. Prints other / own: how many times faster the own form is,
 * as the median over pairs with the least and the most.
 */
public final class FilterRace {
    private static final double TOLERANCE = 1e-4;

    /** Channels, and the side of the smaller map. */
    private static final int[][] CHANNELS_AND_SIDE = {{64, 16}, {32, 32}, {16, 64}, {256, 8}};

    private FilterRace() {}

    /** Options: {@code --batch --pairs --threads --shrink}; the last divides channels, for a quick look. */
    public static void main(String[] args) {
        try {
            Options options = new Options(args, Set.of("batch", "pairs", "threads", "shrink"));
            torch.set_num_threads(options.number("threads", 2, 1));
            int pairs = options.number("pairs", 9, 1);
            int batch = options.number("batch", 16, 1);
            int shrink = options.number("shrink", 1, 1);
            System.out.printf("other / own, forward + backward, median of %d pairs (least .. most)%n", pairs);
            for (int[] size : CHANNELS_AND_SIDE) {
                for (Job job : Job.values()) {
                    race(new FilterCase(job, batch, Math.max(1, size[0] / shrink), size[1]), pairs);
                }
            }
        } catch (Failure e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void race(FilterCase layer, int pairs) {
        Form own = layer.job().forms().get(0);
        for (Form other : layer.job().forms().subList(1, layer.job().forms().size())) {
            if (!(layer.disagreement(own, other) < TOLERANCE)) {
                throw new Failure(
                        "'" + other.name() + "' does not compute the same: off by " + layer.disagreement(own, other));
            }
            layer.run(own);
            layer.run(other);
            Pairs times = new Pairs();
            for (int i = 0; i < pairs; i++) {
                times.add(milliseconds(() -> layer.run(own)), milliseconds(() -> layer.run(other)));
            }
            System.out.println(line(layer, other, times.summary()));
        }
    }

    private static double milliseconds(Runnable body) {
        long start = System.nanoTime();
        body.run();
        return (System.nanoTime() - start) / 1e6;
    }

    private static String line(FilterCase layer, Form other, Pairs.Summary t) {
        return String.format(
                Locale.ROOT,
                "%-12s %3d channels %2d px  %-25s  %5.2f  (%.2f .. %.2f)   own %.1f ms, other %.1f ms",
                layer.job().words(),
                layer.channels(),
                layer.side(),
                other.name(),
                t.ratio(),
                t.least(),
                t.most(),
                t.first(),
                t.second());
    }
}
