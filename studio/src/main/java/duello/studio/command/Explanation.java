package duello.studio.command;

import duello.recipe.Experiment;
import duello.recipe.PublishedScore;
import duello.recipe.Shelf;
import duello.recipe.Shelves;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a recipe is, in words. */
final class Explanation {
    private static final Pattern ARXIV = Pattern.compile("arXiv (\\d{4}\\.\\d{4,5})");

    private final Experiment experiment;
    private final Shelves shelves;

    Explanation(Experiment experiment, Shelves shelves) {
        this.experiment = experiment;
        this.shelves = shelves;
    }

    /** Its status as a recipe writes it. */
    String status() {
        return experiment.status().name().toLowerCase(Locale.ROOT);
    }

    /** The reported Fréchet distance, or a dash. */
    String published() {
        PublishedScore score = experiment.published();
        return score == null ? "-" : String.format(Locale.ROOT, "FID %.2f", score.fid());
    }

    /** The arXiv numbers of its papers. */
    String papers() {
        return ARXIV.matcher(experiment.paper())
                .results()
                .map((MatchResult m) -> m.group(1))
                .collect(Collectors.joining(" "));
    }

    /** Title, paper, what is claimed, and a sentence for each part that a catalogue holds. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(experiment.title());
        lines.add("paper: " + experiment.paper());
        lines.add("status: " + status()
                + switch (experiment.status()) {
                    case VERIFIED -> ", trained to the end here";
                    case PORTED ->
                        ", the published settings, of which the parts are tested; not trained to the end here";
                    case EXAMPLE -> ", made to be trained in minutes; it claims no published score";
                });
        PublishedScore score = experiment.published();
        if (score != null) {
            String inception = score.inceptionScore() == null ? "" : ", IS " + score.inceptionScore();
            lines.add("published: FID " + score.fid() + inception + " (" + score.protocol() + ")");
        }
        lines.add("");
        add(lines, experiment.data());
        add(lines, experiment.model());
        add(lines, experiment.adversarial());
        add(lines, experiment.logit());
        experiment.methods().forEach(m -> add(lines, m));
        return lines;
    }

    private void add(List<String> lines, Object entry) {
        for (Shelf<?> shelf : shelves.list()) {
            String line = line(shelf, entry);
            if (line != null) {
                lines.add(line);
                return;
            }
        }
    }

    private static <T> @Nullable String line(Shelf<T> shelf, Object entry) {
        return shelf.holds().isInstance(entry)
                ? shelf.of(entry)
                        .map(e -> Shelves.describe(e))
                        .map(d -> shelf.noun() + " " + d.name() + ": " + d.doc()
                                + (d.paper() == null ? "" : " (" + d.paper() + ")"))
                        .orElse(null)
                : null;
    }
}
