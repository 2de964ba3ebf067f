package duello.bench;

import duello.catalog.Failure;
import duello.torch.Scope;
import duello.train.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bytedeco.pytorch.global.torch;

/**
 * Trains a tiny {@link ContraGan} for long and watches native memory: live native pointers may not grow at all after the
 * warm-up, resident memory not by more than 5 %. Exit code 1 if they do.
 */
public final class SoakBench {
    private SoakBench() {}

    /** Options: {@code --iterations} (3000) and {@code --every} (250), the warm-up being the first quarter. */
    public static void main(String[] args) {
        try {
            Options options = new Options(args, Set.of("iterations", "every"));
            torch.set_num_threads(2);
            List<Reading> readings = soak(options.number("iterations", 3000, 8), options.number("every", 250, 1));
            Drift drift = Drift.of(readings.subList(readings.size() / 4, readings.size()));
            System.out.println(drift.text());
            if (drift.grows()) {
                System.err.println("memory grows: see the readings above");
                System.exit(1);
            }
        } catch (Failure e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static List<Reading> soak(int iterations, int every) {
        List<Reading> readings = new ArrayList<>();
        try (Trainer trainer = new ContraGan(4, 8, 2, 16).trainer()) {
            for (int i = 1; i <= iterations; i++) {
                trainer.iterate();
                if (i % every == 0) {
                    readings.add(read(i));
                }
            }
        }
        if (readings.size() < 4) {
            throw new Failure("fewer than 4 readings; lower --every or raise --iterations");
        }
        return readings;
    }

    /** Java's own garbage is not what is watched, so it goes first. */
    private static Reading read(int iteration) {
        System.gc();
        Reading reading = new Reading(iteration, Scope.livePointers(), ProcessMemory.resident());
        System.out.printf(
                Locale.ROOT,
                "iteration %5d   live pointers %6d   resident %7.1f MiB%n",
                iteration,
                reading.pointers(),
                reading.resident() / 1024.0);
        return reading;
    }

    /**
     * One look at memory.
     *
     * @param pointers native objects alive
     * @param resident KiB
     */
    record Reading(int iteration, long pointers, long resident) {}

    /**
     * What happened between the first and the last of some readings.
     *
     * @param pointers how many more are alive at the end
     * @param residentShare growth of resident memory as a share of the first reading
     * @param slope growth of resident memory by least squares, KiB per 1,000 iterations
     */
    record Drift(long pointers, double residentShare, double slope) {
        private static final double ALLOWED = 0.05;

        static Drift of(List<Reading> readings) {
            Reading first = readings.get(0);
            Reading last = readings.get(readings.size() - 1);
            double meanX =
                    readings.stream().mapToDouble(Reading::iteration).average().orElse(0);
            double meanY =
                    readings.stream().mapToDouble(Reading::resident).average().orElse(0);
            double xy = 0;
            double xx = 0;
            for (Reading r : readings) {
                xy += (r.iteration - meanX) * (r.resident - meanY);
                xx += (r.iteration - meanX) * (r.iteration - meanX);
            }
            return new Drift(
                    last.pointers - first.pointers,
                    (last.resident - first.resident) / (double) first.resident,
                    xx == 0 ? 0 : 1000 * xy / xx);
        }

        boolean grows() {
            return pointers > 0 || residentShare > ALLOWED;
        }

        String text() {
            return String.format(
                    Locale.ROOT,
                    "after warm-up: live pointers %+d, resident %+.1f %%, slope %+.1f KiB per 1000 iterations",
                    pointers,
                    100 * residentShare,
                    slope);
        }
    }
}
