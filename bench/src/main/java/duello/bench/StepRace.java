package duello.bench;

import duello.catalog.Failure;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Whole training iterations of a {@link Gan}, Duello against a plain PyTorch script of the same networks. Both train in
 * processes of their own with the same number of threads and take turns, block by block, so that what else happens on the
 * machine meets both.
 */
public final class StepRace {
    private static final Set<String> OPTIONS =
            Set.of("pairs", "block", "warmup", "threads", "python", "script", "peer", "against");

    private final Gan gan;
    private final Options options;
    private final PrintStream out;

    private StepRace(Gans.Chosen chosen, PrintStream out) {
        this.gan = chosen.gan();
        this.options = chosen.options();
        this.out = out;
    }

    /** See {@code docs/benchmarks.md}; ends with exit code 1 and one line if a side cannot start or they differ. */
    public static void main(String[] args) {
        try {
            new StepRace(Gans.chosen(args, OPTIONS), System.out).run();
        } catch (Failure e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private void run() {
        int threads = options.number("threads", 2, 1);
        int pairs = options.number("pairs", 15, 1);
        int block = options.number("block", gan.block(), 1);
        out.printf(
                Locale.ROOT,
                "%s, %d threads, %d pairs of %d, %s%n",
                gan.words(),
                threads,
                pairs,
                block,
                against().isEmpty()
                        ? "PyTorch's environment: " + options.text("peer", "own")
                        : "Duello against Duello with " + against());
        try (Contestant other = against().isEmpty() ? python(threads) : changed(threads);
                Contestant duello = duello("duello", launcher(threads), threads)) {
            sameNetworks(duello, other);
            duello.go(options.number("warmup", 3, 1));
            other.go(options.number("warmup", 3, 1));
            Pairs times = new Pairs();
            for (int i = 0; i < pairs; i++) {
                times.add(duello.go(block), other.go(block));
            }
            report(times.summary(), duello, other);
        }
    }

    private String against() {
        return options.text("against", "");
    }

    private void sameNetworks(Contestant duello, Contestant other) {
        out.println("parameters G D: duello " + duello.parameters() + ", " + other.name() + " " + other.parameters());
        if (!duello.parameters().equals(other.parameters())) {
            throw new Failure("the two sides have different numbers of parameters: this would not be a race");
        }
    }

    private void report(Pairs.Summary s, Contestant duello, Contestant other) {
        line(duello, s.first(), duello.end());
        line(other, s.second(), other.end());
        out.printf(
                Locale.ROOT,
                "%s / duello: %.2f (median over pairs; %.2f to %.2f)%n",
                other.name(),
                s.ratio(),
                s.least(),
                s.most());
    }

    private void line(Contestant c, double milliseconds, long peak) {
        out.printf(
                Locale.ROOT,
                "%-8s %9.1f ms/iteration (median)   peak resident %6d MiB%n",
                c.name(),
                milliseconds,
                peak / 1024);
    }

    /** Duello with one variable of its environment set otherwise. */
    private Contestant changed(int threads) {
        String[] change = against().split("=", 2);
        if (change.length < 2) {
            throw new Failure("--against is a variable of the environment and its value, such as GOMP_SPINCOUNT=0");
        }
        Map<String, String> environment = new HashMap<>(launcher(threads));
        environment.put(change[0], change[1]);
        return duello("changed", environment, threads);
    }

    private Contestant duello(String name, Map<String, String> environment, int threads) {
        String home = System.getProperty("java.home", "");
        List<String> command =
                new ArrayList<>(List.of(Path.of(home, "bin", "java").toString()));
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of(
                "-Xmx2g",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.bytedeco.javacpp.maxbytes=0",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                "-cp",
                System.getProperty("java.class.path", "."),
                StepContestant.class.getName()));
        command.addAll(List.of("--gan", gan.name()));
        addSizes(command, threads);
        return new Contestant(name, command, environment);
    }

    /** What Duello's launcher sets. */
    private static Map<String, String> launcher(int threads) {
        return Map.of(
                "OMP_NUM_THREADS", String.valueOf(threads),
                "OPENBLAS_NUM_THREADS", "1",
                "OMP_WAIT_POLICY", "PASSIVE",
                "GOMP_SPINCOUNT", "10000");
    }

    /** With PyTorch's own defaults for everything but the number of threads, unless {@code --peer launcher}. */
    private Contestant python(int threads) {
        String script = options.text(
                "script", Path.of("bench", "peers", gan.name() + "_step.py").toString());
        List<String> command = new ArrayList<>(List.of(options.text("python", "python3"), script));
        addSizes(command, threads);
        return new Contestant("pytorch", command, peer(threads));
    }

    private Map<String, String> peer(int threads) {
        return switch (options.text("peer", "own")) {
            case "own" ->
                Map.of(
                        "OMP_NUM_THREADS", String.valueOf(threads),
                        "OPENBLAS_NUM_THREADS", "",
                        "OMP_WAIT_POLICY", "",
                        "GOMP_SPINCOUNT", "");
            case "launcher" -> launcher(threads);
            default -> throw new Failure("--peer is own (PyTorch's defaults) or launcher (Duello's environment)");
        };
    }

    private void addSizes(List<String> command, int threads) {
        gan.sizes().forEach((name, value) -> command.addAll(List.of("--" + name, String.valueOf(value))));
        command.addAll(List.of("--threads", String.valueOf(threads)));
    }
}
