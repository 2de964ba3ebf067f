package duello.studio.command;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command which begins to train a recipe has. */
final class TrainingOptions {
    @Option(names = "--device", paramLabel = "D", description = "cpu, cuda, cuda:0, ...; same as train.device=D.")
    private @Nullable String device;

    @Option(names = "--no-scores", description = "Do not score the generator.")
    private boolean unscored;

    /** Adds what the options say to the settings of a recipe, over all others. */
    void over(List<String> settings) {
        if (device != null) {
            settings.add("train.device=" + device);
        }
    }

    boolean scored() {
        return !unscored;
    }
}
