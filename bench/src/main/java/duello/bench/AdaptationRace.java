package duello.bench;

import duello.catalog.Failure;
import duello.dist.Collective;
import duello.recipe.Experiment;
import duello.recipe.RecipeReader;
import duello.recipe.Recipes;
import duello.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch;

/**
 * What an iteration of an adaptation costs, in iterations of plain fine-tuning ({@code tgan}) of the same networks to the
 * same images. The two train in one process and take turns, block by block. A block is as long as every lazy term needs to
 * come in it equally often. Weights need not be trained to be timed.
 */
public final class AdaptationRace {
    private static final String PLAIN = "tgan";
    private static final int BLOCK = 16;

    private final Options options;
    private final RecipeReader reader = RecipeReader.standard();

    private AdaptationRace(Options options) {
        this.options = options;
    }

    /**
     * Options: {@code --networks} (the recipe faces/stylegan2), {@code --methods} (names with commas between them; all),
     * {@code --settings} (laid over both sides, with blanks between them), {@code --pairs} (7), {@code --threads} (2).
     */
    public static void main(String[] args) throws IOException {
        try {
            new AdaptationRace(new Options(args, Set.of("networks", "methods", "settings", "pairs", "threads"))).run();
        } catch (Failure e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private void run() throws IOException {
        torch.set_num_threads(options.number("threads", 2, 1));
        Path source = Files.createTempDirectory("adaptation-race");
        try {
            Path weights = source.resolve("source");
            List<String> settings = settings(weights, save(weights));
            for (String method : methods()) {
                print(method, race(method, settings));
            }
        } finally {
            delete(source);
        }
    }

    private List<String> methods() {
        String names = options.text("methods", "");
        return names.isEmpty()
                ? Recipes.adaptations().stream().filter(m -> !m.equals(PLAIN)).toList()
                : List.of(names.split(","));
    }

    private String networks() {
        return options.text("networks", "faces/stylegan2");
    }

    /** Untrained weights, and the resolution of their images. */
    private int save(Path source) {
        Experiment networks = reader.read(networks(), List.of("data.count=10"));
        try (Trainer trainer = new Trainer(networks.setup(Collective.LOCAL))) {
            trainer.save(source, Map.of());
        }
        return networks.data().resolution();
    }

    private Pairs.Summary race(String method, List<String> settings) {
        try (Trainer own = trainer(method, settings);
                Trainer plain = trainer(PLAIN, settings)) {
            block(own);
            block(plain);
            Pairs times = new Pairs();
            for (int i = 0; i < options.number("pairs", 7, 1); i++) {
                times.add(block(plain), block(own));
            }
            return times.summary();
        }
    }

    private Trainer trainer(String method, List<String> settings) {
        return new Trainer(reader.adaptation(networks(), method, settings).setup(Collective.LOCAL));
    }

    private List<String> settings(Path source, int resolution) {
        List<String> settings = new ArrayList<>(List.of(
                "data={type: faces, style: sketch, count: 10, resolution: " + resolution + "}",
                "source={checkpoint: '" + source + "'}"));
        Arrays.stream(options.text("settings", "").split(" "))
                .filter(s -> !s.isEmpty())
                .forEach(settings::add);
        return settings;
    }

    /** Milliseconds of one of a block's iterations. */
    private static double block(Trainer trainer) {
        long start = System.nanoTime();
        for (int i = 0; i < BLOCK; i++) {
            trainer.iterate();
        }
        return (System.nanoTime() - start) / 1e6 / BLOCK;
    }

    private static void print(String method, Pairs.Summary s) {
        System.out.printf(
                Locale.ROOT,
                "%-9s / plain fine-tuning: %.2f (%.2f .. %.2f)   %.1f ms an iteration, plain %.1f ms%n",
                method,
                s.ratio(),
                s.least(),
                s.most(),
                s.second(),
                s.first());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
