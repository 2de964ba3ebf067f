package duello.studio.command;

import duello.studio.console.Interruption;
import duello.studio.console.Surroundings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs commands in this process and captures what they tell. */
final class Shell {
    /** Settings that make the smallest recipe train in a moment. */
    static final List<String> TINY = List.of(
            "data.count=64",
            "data.validation=16",
            "train.batch=8",
            "train.device=cpu",
            "model.generator.width=8",
            "model.discriminator.width=8",
            "run.log_every=1",
            "run.columns=2");

    private final Path folder;

    Shell(Path folder) {
        this.folder = folder;
    }

    /** What a command did. */
    record Outcome(int code, String out, String err) {
        List<String> errors() {
            return err.lines().toList();
        }
    }

    Outcome run(String... arguments) {
        return run(new Interruption(), arguments);
    }

    Outcome run(Interruption interruption, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Surroundings surroundings = new Surroundings(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                false,
                Map.of(),
                folder.resolve("cache"),
                interruption);
        int code = Cli.run(surroundings, arguments);
        return new Outcome(code, out.toString(), err.toString());
    }

    /** Trains the tiny recipe without scores as the run {@code name}. */
    Outcome train(String name, String... settings) {
        return run(training(name, settings));
    }

    String[] training(String name, String... settings) {
        List<String> words = new ArrayList<>(List.of("train", "shapes/dcgan"));
        words.addAll(TINY);
        words.addAll(List.of(settings));
        words.addAll(List.of("--no-scores", "--name", name, "--runs", runs().toString()));
        return words.toArray(String[]::new);
    }

    Path runs() {
        return folder.resolve("runs");
    }

    Path folderOf(String name) {
        return runs().resolve(name);
    }

    /** Starts a command in a process of its own; all it says goes to {@code output}. */
    static Process start(Path output, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                "duello.studio.Main"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }
}
