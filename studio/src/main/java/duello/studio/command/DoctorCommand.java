package duello.studio.command;

import duello.studio.console.Console;
import duello.studio.console.Table;
import duello.studio.run.Checkup;
import duello.studio.run.Checkup.Finding;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Looks whether this machine can train, and how well. */
@Command(
        name = "doctor",
        description = {"Check Java, libtorch, devices, threads, folders, and train a few steps as a test.", ""},
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  duello doctor", "  duello doctor --json", "", "Exit code 1 if something is wrong."})
final class DoctorCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Duello duello;

    @Override
    public Integer call() {
        Console console = duello.console();
        List<Finding> findings = new Checkup(duello.surroundings()).findings();
        Table table = new Table();
        findings.forEach(f -> table.row(f.verdict().word(), f.subject(), f.finding()));
        table.lines().forEach(console::result);
        console.data(findings);
        return findings.stream().anyMatch(f -> f.verdict() == Checkup.Verdict.WRONG) ? Failures.FAILED : 0;
    }
}
