package duello.studio.command;

import duello.catalog.Failure;
import duello.metric.EvaluationSettings;
import duello.metric.Score;
import duello.studio.console.Console;
import duello.studio.console.LogFile;
import duello.studio.console.Surroundings;
import duello.studio.report.Report;
import duello.studio.run.Checkpoints;
import duello.studio.run.History;
import duello.studio.run.Judge;
import duello.studio.run.Machine;
import duello.studio.run.Plan;
import duello.studio.run.RunFolder;
import duello.studio.run.RunInfo;
import duello.studio.run.ScoreTable;
import duello.studio.run.Session;
import duello.studio.run.ThroughTime;
import duello.train.Trainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Trains a run and tells how it went: what {@code train} and {@code resume} have in common. */
final class Runner {
    private final Surroundings surroundings;
    private final Console console;
    private final Session.Saver saver;

    Runner(Surroundings surroundings, Console console) {
        this(surroundings, console, Trainer::save);
    }

    /** @param saver how checkpoints are written */
    Runner(Surroundings surroundings, Console console, Session.Saver saver) {
        this.surroundings = surroundings;
        this.console = console;
        this.saver = saver;
    }

    /** What the run is a function of, beside its recipe. */
    RunInfo.Context context(Plan plan) {
        var data = plan.data();
        var train = plan.experiment().train();
        return new RunInfo.Context(
                Machine.here(surroundings.environment()),
                plan.trainer().table().device().str().getString(),
                train.seed(),
                new RunInfo.Data(data.name(), data.size(), data.resolution(), data.classes(), data.fingerprint()));
    }

    /** Trains to the end, or to the user's wish, and returns the exit code. */
    int run(RunFolder folder, Plan plan, RunInfo info, boolean scored) {
        try (LogFile open = new LogFile(folder.log())) {
            boolean scores = scored && Judge.possible(plan.experiment());
            if (scored && !scores) {
                console.say("no images are held back, so nothing is scored");
            }
            Judge judge = scores
                    ? Judge.of(plan.experiment(), EvaluationSettings.STANDARD, null, surroundings, console)
                    : null;
            Session session = new Session(folder, plan, judge, saver, console, surroundings.interruption());
            RunInfo ended;
            try {
                ended = session.train(info);
            } catch (RuntimeException e) {
                report(folder, e);
                throw e;
            }
            ThroughTime.write(folder, plan.data().resolution());
            Report.write(folder);
            tell(folder, ended);
            return ended.state() == RunInfo.State.DONE ? 0 : Failures.INTERRUPTED;
        }
    }

    /** The report of a failed run, if there can be one. */
    private static void report(RunFolder folder, RuntimeException cause) {
        try {
            Report.write(folder);
        } catch (Failure second) {
            cause.addSuppressed(second);
        }
    }

    private void tell(RunFolder folder, RunInfo ended) {
        TreeMap<Long, List<Score>> scores = History.scores(folder);
        console.data(summary(folder, ended, scores));
        if (ended.state() == RunInfo.State.INTERRUPTED) {
            console.say(
                    "interrupted after " + ended.step() + " iterations; go on with: duello resume " + folder.path());
            return;
        }
        console.say("done: " + ended.step() + " iterations");
        if (scores.size() > 1) {
            ScoreTable.against(
                            scores.firstEntry().getValue(), scores.lastEntry().getValue())
                    .forEach(console::result);
        }
        console.say("pictures  " + folder.samples());
        console.say("report    " + folder.report());
        console.say("next      duello generate " + folder.path() + " --count 100");
        console.say("          duello evaluate " + folder.path());
        console.say("          duello resume " + folder.path() + " train.steps=" + 2 * ended.step());
    }

    private static Map<String, Object> summary(RunFolder folder, RunInfo ended, TreeMap<Long, List<Score>> scores) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("run", folder.path().toString());
        summary.put("state", ended.state());
        summary.put("step", ended.step());
        summary.put(
                "checkpoint",
                folder.checkpoints()
                        .marked(Checkpoints.LATEST)
                        .map(Path::toString)
                        .orElse(""));
        summary.put("report", folder.report().toString());
        summary.put("scores", scores);
        return summary;
    }

    /** Whether another number of threads than before computes now, so that bits will differ. */
    @Nullable
    static String warning(RunInfo before, RunInfo.Context now) {
        int then = before.context().machine().threads();
        int threads = now.machine().threads();
        return then == threads
                ? null
                : "the run was started with " + then + " threads and goes on with " + threads
                        + ": results will not be equal bit for bit; set OMP_NUM_THREADS=" + then + " if they should be";
    }

    /** The last part of a recipe's name, for naming runs after it. */
    static String base(String recipe) {
        Path file = Path.of(recipe).getFileName();
        String name = String.valueOf(file).replaceFirst("\\.ya?ml$", "");
        if (name.equals("recipe") && Files.isRegularFile(Path.of(recipe))) {
            Path parent = Path.of(recipe).toAbsolutePath().getParent();
            name = parent == null || parent.getFileName() == null ? name : parent.getFileName() + "-again";
        }
        return name.replaceAll("[^\\p{L}\\p{N}_.-]", "-");
    }
}
