package duello.studio.run;

import duello.catalog.ProgressListener;
import duello.studio.console.Console;
import duello.studio.console.Interruption;
import duello.studio.console.Progress;

/** Shows the stages of a long computation one after the other, and ends it when the user wishes to stop. */
public final class Stages implements ProgressListener, AutoCloseable {
    private final Console console;
    private final Interruption interruption;
    private String stage = "";
    private Progress shown = Progress.NONE;

    public Stages(Console console, Interruption interruption) {
        this.console = console;
        this.interruption = interruption;
    }

    /** @throws InterruptedWork if the user wishes to stop */
    @Override
    public void progress(String name, long done, long total) {
        if (!name.equals(stage)) {
            shown.close();
            stage = name;
            shown = console.progress(name, total, 0);
        }
        shown.at(done, "");
        if (interruption.wished()) {
            throw new InterruptedWork();
        }
    }

    @Override
    public void close() {
        shown.close();
        shown = Progress.NONE;
        stage = "";
    }
}
