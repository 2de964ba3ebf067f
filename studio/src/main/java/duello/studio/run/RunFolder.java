package duello.studio.run;

import duello.catalog.Failure;
import duello.io.Json;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a run and the names in it.
 *
 * @param path where it is
 */
public record RunFolder(Path path) {
    private static final int MOST_NUMBERS = 100_000;

    /**
     * Makes a folder for a new run; one that exists is never touched.
     *
     * @param name what the user calls it, or null for the next free {@code <base>-<number>}
     * @throws Failure if the name is taken or not a plain one, or the folder cannot be made
     */
    public static RunFolder create(Path runs, @Nullable String name, String base) {
        try {
            Files.createDirectories(runs);
            if (name != null) {
                return new RunFolder(Files.createDirectory(runs.resolve(plain(name))));
            }
            return numbered(runs, plain(base));
        } catch (FileAlreadyExistsException e) {
            if (name == null || !Files.isDirectory(runs)) {
                throw new Failure(runs + " is a file, not a folder; choose another place for runs with --runs DIR", e);
            }
            throw new Failure(
                    "the run " + runs.resolve(name)
                            + " is there already; choose another --name, or go on with it: duello resume "
                            + runs.resolve(name),
                    e);
        } catch (IOException e) {
            throw new Failure(
                    runs + " cannot be written (" + e.getClass().getSimpleName()
                            + "); choose another place for runs with --runs DIR",
                    e);
        }
    }

    private static RunFolder numbered(Path runs, String base) throws IOException {
        for (int number = 1; number <= MOST_NUMBERS; number++) {
            Path path = runs.resolve(String.format(Locale.ROOT, "%s-%03d", base, number));
            if (!Files.exists(path)) {
                try {
                    return new RunFolder(Files.createDirectory(path));
                } catch (FileAlreadyExistsException e) {
                    continue; // another process was quicker
                }
            }
        }
        throw new Failure(runs + " holds too many runs called " + base + "; give this one a --name");
    }

    private static String plain(String name) {
        if (!name.matches("[\\p{L}\\p{N}_][\\p{L}\\p{N}_. -]{0,99}")) {
            throw new Failure("'" + name + "' cannot name a run; use letters, digits, '-', '_' and '.'");
        }
        return name;
    }

    /**
     * A run that is there: a folder, or a name in {@code runs}.
     *
     * @throws Failure if it is no run's folder
     */
    public static RunFolder open(String pathOrName, Path runs) {
        for (Path path : new Path[] {Path.of(pathOrName), runs.resolve(pathOrName)}) {
            RunFolder folder = new RunFolder(path);
            if (Files.isRegularFile(folder.recipe())
                    && Files.isDirectory(folder.checkpoints().path())) {
                return folder;
            }
        }
        throw new Failure("'" + pathOrName
                + "' is no run: there is no folder of that name with recipe.yaml and checkpoints/, here or in " + runs);
    }

    public String name() {
        return String.valueOf(path.toAbsolutePath().normalize().getFileName());
    }

    public Path recipe() {
        return path.resolve("recipe.yaml");
    }

    /** The networks that the run started from, if it did not start from fresh ones. */
    public Path source() {
        return path.resolve("source");
    }

    public Path metrics() {
        return path.resolve("metrics.jsonl");
    }

    public Path samples() {
        return path.resolve("samples");
    }

    public Path report() {
        return path.resolve("report.html");
    }

    public Path log() {
        return path.resolve("run.log");
    }

    public Checkpoints checkpoints() {
        return new Checkpoints(path.resolve("checkpoints"));
    }

    /** What {@code run.json} says. */
    public RunInfo info() {
        return Json.read(path.resolve("run.json"), RunInfo.class);
    }

    /** Replaces {@code run.json}, whole or not at all. */
    public void info(RunInfo info) {
        Json.write(path.resolve("run.json"), info);
    }

    /** What is of iteration {@code step} is called so. */
    static String stepName(long step) {
        return String.format(Locale.ROOT, "step-%07d", step);
    }
}
