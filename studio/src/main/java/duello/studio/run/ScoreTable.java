package duello.studio.run;

import duello.metric.Score;
import duello.studio.console.Table;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Scores as lines of text. */
public final class ScoreTable {
    private ScoreTable() {}

    /** One line for each score, and one for how they were measured. */
    public static List<String> of(List<Score> scores) {
        Table table = new Table();
        scores.forEach(s -> table.row(s.label(), number(s.value())));
        return table.lines();
    }

    /** Each score beside what it was; a score measured otherwise then is not compared. */
    public static List<String> against(List<Score> before, List<Score> now) {
        Table table = new Table().row("score", "at the start", "now");
        for (Score score : now) {
            Optional<Score> then = before.stream()
                    .filter(b -> b.name().equals(score.name())
                            && b.protocol().differences(score.protocol()).isEmpty())
                    .findFirst();
            table.row(score.label(), then.map(b -> number(b.value())).orElse("-"), number(score.value()));
        }
        return table.lines();
    }

    /** How scores were measured, in a line. */
    public static String protocol(Score score) {
        var p = score.protocol();
        return "measured over " + p.features().name() + " features ("
                + p.features().digest() + "), " + p.fake() + " generated against " + p.real() + " real images of "
                + p.reference() + drawn(p.statistics());
    }

    /** Nothing for what goes without saying. */
    private static String drawn(String statistics) {
        return statistics.equals("running") || statistics.equals("files") ? "" : "; drawn with " + statistics;
    }

    static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.4f" : "%.2f", value);
    }
}
