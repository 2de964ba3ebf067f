package duello.studio.run;

import duello.catalog.Failure;
import duello.io.Images;
import duello.io.Rgb;
import duello.metric.Score;
import duello.metric.ScoreKind;
import duello.recipe.RunSettings;
import duello.studio.console.Console;
import duello.studio.console.Interruption;
import duello.studio.console.Progress;
import duello.studio.run.RunInfo.State;
import duello.train.Trainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trains a run from where its trainer stands to its last iteration, and writes down what happens on the way. */
public final class Session {
    private static final Logger log = LoggerFactory.getLogger(Session.class);

    private final RunFolder folder;
    private final Plan plan;
    private final @Nullable Judge judge;
    private final Saver saver;
    private final Console console;
    private final Interruption interruption;

    private final Trainer trainer;
    private final RunSettings settings;
    private final SampleSheet sheet;
    private final Clock clock = new Clock();
    private String remark = "";

    /** Writes a trainer's checkpoint to a folder. */
    public interface Saver {
        void save(Trainer trainer, Path directory, Map<String, byte[]> extras);
    }

    /** @param judge scores the generator; null for no scores */
    public Session(
            RunFolder folder,
            Plan plan,
            @Nullable Judge judge,
            Saver saver,
            Console console,
            Interruption interruption) {
        this.folder = folder;
        this.plan = plan;
        this.judge = judge;
        this.saver = saver;
        this.console = console;
        this.interruption = interruption;
        this.trainer = plan.trainer();
        this.settings = plan.experiment().run();
        this.sheet = new SampleSheet(
                plan.data().classes().size(),
                settings.columns(),
                plan.experiment().train().seed());
    }

    /**
     * Trains.
     *
     * @param info what {@code run.json} says while it runs; its last state is written whatever happens
     * @return what {@code run.json} says in the end: DONE or INTERRUPTED
     */
    public RunInfo train(RunInfo info) {
        RunInfo running = info.at(trainer.step());
        folder.info(running);
        try (MetricsLog metrics = new MetricsLog(folder, trainer.step())) {
            State state = play(metrics, running);
            RunInfo stopped = running.stopped(state, null, trainer.step());
            folder.info(stopped);
            return stopped;
        } catch (RuntimeException e) {
            failed(running, e);
            throw e;
        }
    }

    private void failed(RunInfo running, RuntimeException e) {
        log.info("the run failed", e);
        String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        try {
            folder.info(running.stopped(State.FAILED, why, trainer.step()));
        } catch (Failure second) {
            e.addSuppressed(second);
        }
    }

    private State play(MetricsLog metrics, RunInfo info) {
        long steps = plan.experiment().train().steps();
        try {
            if (trainer.step() == 0) {
                picture(metrics);
                evaluate(metrics);
                begin();
            }
            clock.start(trainer.step());
            try (Progress progress = console.progress("training", steps, trainer.step())) {
                while (trainer.step() < steps && !stopped()) {
                    trainer.iterate();
                    after(metrics, info, trainer.step() == steps);
                    progress.at(trainer.step(), remark);
                }
            }
        } catch (InterruptedWork e) {
            console.say("scoring was stopped; duello evaluate " + folder.path() + " does it later");
        }
        boolean done = trainer.step() >= steps;
        if (!Files.isDirectory(folder.checkpoints().at(trainer.step()))) {
            checkpoint();
        }
        return done ? State.DONE : State.INTERRUPTED;
    }

    /** Work before the first iteration; cut short it is not lost but done again, and the loop sees that it shall stop. */
    private void begin() {
        try (Stages stages = new Stages(console, interruption)) {
            trainer.begin(stages);
        } catch (InterruptedWork e) {
            log.info("interrupted before the first iteration");
        }
    }

    /** Whether this process, which leads the others, is asked to stop. */
    private boolean stopped() {
        return plan.processes().lead(interruption.wished() ? 1 : 0) != 0;
    }

    private void after(MetricsLog metrics, RunInfo info, boolean last) {
        if (last || due(settings.logEvery())) {
            Map<String, Double> losses = trainer.losses();
            metrics.losses(trainer.step(), losses, clock.rate(trainer.step()));
            remark = losses.entrySet().stream()
                    .filter(e -> e.getKey().endsWith(".adversarial"))
                    .map(e -> String.format(Locale.ROOT, "%s %.3f", e.getKey().charAt(0), e.getValue()))
                    .collect(Collectors.joining("  "));
        }
        if (last || due(settings.samplesEvery())) {
            picture(metrics);
        }
        if (last || due(settings.checkpointEvery())) {
            checkpoint();
            folder.info(info.at(trainer.step()));
        }
        if (last || due(settings.evaluateEvery())) {
            evaluate(metrics);
        }
    }

    private boolean due(long every) {
        return every > 0 && trainer.step() % every == 0;
    }

    private void picture(MetricsLog metrics) {
        Rgb picture = sheet.draw(trainer.sampler(plan.experiment().sampling().withoutBatchStatistics()));
        Path file = folder.samples().resolve(RunFolder.stepName(trainer.step()) + ".png");
        Pictures.write(file, picture);
        metrics.picture(trainer.step(), Images.encodePng(picture), picture.width(), picture.height());
    }

    private void checkpoint() {
        Checkpoints checkpoints = folder.checkpoints();
        long step = trainer.step();
        saver.save(trainer, checkpoints.at(step), Map.of("recipe.yaml", Texts.bytes(folder.recipe())));
        checkpoints.mark(Checkpoints.LATEST, step);
        checkpoints.prune(settings.keep());
        log.info("checkpoint at iteration {}", step);
    }

    private void evaluate(MetricsLog metrics) {
        if (judge == null) {
            return;
        }
        List<Score> scores =
                judge.scores(trainer.sampler(plan.experiment().sampling()), settings.evaluationImages(), plan.data());
        List<Score> earlier = new ArrayList<>();
        // Without those of the untrained networks, of which no checkpoint is kept.
        History.scores(folder).tailMap(1L).values().forEach(earlier::addAll);
        metrics.scores(trainer.step(), scores);
        ScoreTable.of(scores).stream()
                .findFirst()
                .ifPresent(line -> console.say("iteration " + trainer.step() + ": " + line));
        if (trainer.step() > 0 && best(scores, earlier)) {
            if (!Files.isDirectory(folder.checkpoints().at(trainer.step()))) {
                checkpoint();
            }
            folder.checkpoints().mark(Checkpoints.BEST, trainer.step());
        }
    }

    /** Whether the Fréchet distance is below all earlier ones that were measured in the same way. */
    private static boolean best(List<Score> scores, List<Score> earlier) {
        return scores.stream()
                .filter(s -> s.name().equals(ScoreKind.FID.title()))
                .anyMatch(fid -> earlier.stream()
                        .filter(e -> e.name().equals(fid.name())
                                && e.protocol().differences(fid.protocol()).isEmpty())
                        .allMatch(e -> fid.betterThan(e)));
    }
}
