package duello.studio.run;

/** Measures how fast iterations go. */
final class Clock {
    private static final double SECOND = 1e9;

    private long time;
    private long step;

    /** Starts to measure at an iteration. */
    void start(long from) {
        time = System.nanoTime();
        step = from;
    }

    /** Iterations a second since it was last asked, or started; all that a run does counts. */
    double rate(long now) {
        long at = System.nanoTime();
        double rate = (now - step) * SECOND / Math.max(1, at - time);
        time = at;
        step = now;
        return rate;
    }
}
