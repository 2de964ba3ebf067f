package duello.studio.command;

import static org.assertj.core.api.Assertions.assertThat;

import duello.studio.run.RunFolder;
import duello.studio.run.RunInfo;
import duello.train.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A run whose process is killed without warning loses nothing but the iterations since its last checkpoint. */
@Timeout(300)
class KilledRunTest {
    private static final int TERMINATED = 15;

    @TempDir
    private Path folder;

    @Test
    void a_killed_run_goes_on_as_if_nothing_had_happened() throws IOException, InterruptedException {
        Shell shell = new Shell(folder);
        Path killed = shell.folderOf("killed");
        kill(started(shell.training("killed", "train.steps=100000", "run.checkpoint_every=2")), killed, "step-0000004");

        long reached = Long.parseLong(latest(killed).getFileName().toString().replaceFirst("step-0*", ""));
        String end = "train.steps=" + (reached + 2);
        Shell.Outcome resumed = shell.run("resume", killed.toString(), end, "--no-scores");
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(shell.train("whole", end).code()).isZero();
        assertThat(weights(killed)).isEqualTo(weights(shell.folderOf("whole")));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows cannot ask a process to end")
    void a_run_asked_to_end_saves_first_and_tells_how_to_go_on() throws Exception {
        Shell shell = new Shell(folder);
        Path run = shell.folderOf("stopped");
        Process process = started(shell.training("stopped", "train.steps=100000", "run.checkpoint_every=2"));
        awaitFile(process, run.resolve("checkpoints/step-0000002"));
        // Not Ctrl-C's signal, which takes the same way but is ignored by what a script starts in the background.
        process.destroy();
        assertThat(process.waitFor()).isEqualTo(128 + TERMINATED);
        assertThat(new RunFolder(run).info().state()).isEqualTo(RunInfo.State.INTERRUPTED);
        assertThat(Files.readString(folder.resolve("output.txt"))).contains("duello resume " + run);
    }

    /** Files but the recipe, which differs in how often it saves. */
    private static Map<String, String> weights(Path run) {
        Map<String, String> files = new HashMap<>(Checkpoint.open(latest(run)).files());
        files.keySet().removeIf(name -> !name.endsWith(".safetensors"));
        assertThat(files).isNotEmpty();
        return files;
    }

    private static Path latest(Path run) {
        return new RunFolder(run).checkpoints().named("latest");
    }

    private Process started(String... arguments) throws IOException {
        return Shell.start(folder.resolve("output.txt"), arguments);
    }

    /** Kills the process once a checkpoint is there. */
    private void kill(Process process, Path run, String checkpoint) throws IOException, InterruptedException {
        awaitFile(process, run.resolve("checkpoints").resolve(checkpoint));
        process.destroyForcibly().waitFor();
    }

    private void awaitFile(Process process, Path file) throws IOException, InterruptedException {
        while (!Files.exists(file)) {
            assertThat(process.waitFor(20, TimeUnit.MILLISECONDS))
                    .as(Files.readString(folder.resolve("output.txt")))
                    .isFalse();
        }
    }
}
