package duello.studio.console;

import duello.io.Json;

/** How commands speak: results to the standard output, all else beside them; less when asked to be quiet. */
public final class Console {
    private final Surroundings surroundings;
    private final boolean quiet;
    private final boolean json;

    /**
     * @param quiet whether only results and failures are told
     * @param json whether results are told as JSON
     */
    public Console(Surroundings surroundings, boolean quiet, boolean json) {
        this.surroundings = surroundings;
        this.quiet = quiet;
        this.json = json;
    }

    /** Tells what goes on; never when quiet. With JSON results it goes to the standard error. */
    public void say(String line) {
        if (!quiet) {
            (json ? surroundings.err() : surroundings.out()).println(line);
        }
    }

    /** Tells a result in words; not when results are JSON. */
    public void result(String line) {
        if (!json) {
            surroundings.out().println(line);
        }
    }

    /** Tells a result as JSON, when results are. */
    public void data(Object value) {
        if (json) {
            surroundings.out().print(Json.pretty(value));
            surroundings.out().flush();
        }
    }

    /** Tells what the user should know though the work goes on. */
    public void warn(String line) {
        surroundings.err().println("duello: " + line);
    }

    /** Whether results are told as JSON. */
    public boolean json() {
        return json;
    }

    /** Shows how far a long task has come, until closed. */
    public Progress progress(String task, long total, long done) {
        if (quiet) {
            return Progress.NONE;
        }
        if (surroundings.terminal()) {
            boolean plain = surroundings.given("NO_COLOR");
            return new BarProgress(task, total, done, plain);
        }
        return new LineProgress(task, total, done, surroundings.err());
    }
}
