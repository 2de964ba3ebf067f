package duello.studio.command;

import static org.assertj.core.api.Assertions.assertThat;

import duello.studio.run.RunFolder;
import duello.studio.run.RunInfo;
import duello.train.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One command trains in several processes, which make one run. */
@Timeout(300)
class ProcessesTest {
    @TempDir
    private Path folder;

    @Test
    void twoProcessesMakeOneRunAndTheSameOneAgain() throws Exception {
        Map<String, String> first = weights("first", "2");
        assertThat(weights("second", "2")).isEqualTo(first);
        assertThat(weights("alone", "1")).isNotEqualTo(first);
    }

    @Test
    void aCountThatIsNoneIsRefused() {
        Shell shell = new Shell(folder);
        Shell.Outcome outcome = shell.run("train", "shapes/dcgan", "--processes", "0");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.errors()).anyMatch(line -> line.contains("--processes is 0; give 1 to 64"));
    }

    private Map<String, String> weights(String name, String processes) throws IOException, InterruptedException {
        Shell shell = new Shell(folder);
        List<String> words = new ArrayList<>(List.of(shell.training(name, "train.steps=2")));
        words.addAll(List.of("--processes", processes));
        Path output = folder.resolve(name + ".txt");
        int code = Shell.start(output, words.toArray(String[]::new)).waitFor();
        assertThat(code).as(Files.readString(output)).isZero();
        RunFolder run = new RunFolder(shell.folderOf(name));
        assertThat(run.info().state()).isEqualTo(RunInfo.State.DONE);
        Checkpoint.State state = Checkpoint.open(run.checkpoints().named("latest"));
        assertThat(state.step()).isEqualTo(2);
        return Map.of("generator", state.files().get("generator.safetensors"));
    }
}
