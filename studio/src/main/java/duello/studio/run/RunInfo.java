package duello.studio.run;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code run.json} says of a run.
 *
 * @param name of its folder
 * @param state how it stands
 * @param reason why it failed, or null
 * @param step iterations done when this was written
 * @param start when it was first started, ISO-8601 in UTC
 * @param end when it last stopped, or null while it runs
 * @param context what it runs on
 */
public record RunInfo(
        String name,
        State state,
        @Nullable String reason,
        long step,
        String start,
        @Nullable String end,
        Context context) {
    /** How a run stands. */
    public enum State {
        RUNNING,
        DONE,
        INTERRUPTED,
        FAILED
    }

    /**
     * What a run is a function of, beside its recipe.
     *
     * @param machine programs and processor of the last start
     * @param device tensors live on
     * @param seed of every random draw
     * @param data the training images
     */
    public record Context(Machine machine, String device, long seed, Data data) {}

    /**
     * The training images.
     *
     * @param fingerprint digest of pixels, labels and order
     */
    public record Data(String name, int images, int resolution, List<String> classes, String fingerprint) {}

    /** A run that starts now. */
    public static RunInfo starting(String name, Context context) {
        return new RunInfo(name, State.RUNNING, null, 0, now(), null, context);
    }

    /** The same run, started again. */
    public RunInfo again(Context now, long from) {
        return new RunInfo(name, State.RUNNING, null, from, start, null, now);
    }

    /** The same run, still running, at a later iteration. */
    public RunInfo at(long iterations) {
        return new RunInfo(name, state, reason, iterations, start, end, context);
    }

    /** The same run, stopped. */
    public RunInfo stopped(State how, @Nullable String why, long iterations) {
        return new RunInfo(name, how, why, iterations, start, now(), context);
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
