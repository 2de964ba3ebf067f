package duello.studio.console;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Plain lines with rate and time left, for logs: the first after five seconds, then one every twenty. */
final class LineProgress implements Progress {
    private static final double SECOND = 1e9;
    private static final long FIRST = 5_000_000_000L;
    private static final long EVERY = 20_000_000_000L;

    private final String task;
    private final long total;
    private final long from;
    private final PrintWriter out;
    private final LongSupplier clock;
    private final long started;
    private long next;

    LineProgress(String task, long total, long from, PrintWriter out) {
        this(task, total, from, out, System::nanoTime);
    }

    /** @param clock nanoseconds */
    LineProgress(String task, long total, long from, PrintWriter out, LongSupplier clock) {
        this.task = task;
        this.total = total;
        this.from = from;
        this.out = out;
        this.clock = clock;
        this.started = clock.getAsLong();
        this.next = FIRST;
    }

    @Override
    public void at(long done, String remark) {
        long passed = clock.getAsLong() - started;
        if (passed < next || done <= from) {
            return;
        }
        next = passed + EVERY;
        double rate = (done - from) / (passed / SECOND);
        long left = Math.round((total - done) / rate);
        out.println(String.format(
                        Locale.ROOT, "%s %d/%d, %.2f/s, %s left  %s", task, done, total, rate, time(left), remark)
                .stripTrailing());
    }

    /** Seconds as h:mm:ss. */
    static String time(long seconds) {
        return String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
