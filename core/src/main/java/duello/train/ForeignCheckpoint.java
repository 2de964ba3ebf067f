package duello.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/** A checkpoint of another program, which fills a fresh trainer so that it goes on from there. */
public interface ForeignCheckpoint {
    /** The program's name. */
    String program();

    /** The files that were read. */
    List<Path> files();

    /** Whether training can go on from it: whether the discriminator is there. */
    boolean complete();

    /** Iterations done, as far as the files tell; else 0. */
    long step();

    /** The best score of its training and the iteration of it, by the names of the file; empty where it tells none. */
    default Map<String, Double> best() {
        return Map.of();
    }

    /** What the files tell of the recipe, such as {@code train.seed=3}; to be laid over it before anything else. */
    List<String> settings();

    /**
     * How many classes the networks were made for.
     *
     * @param build a fresh trainer for a number of classes; it is closed here
     * @return empty if they do not depend on it
     */
    default OptionalInt classes(IntFunction<Trainer> build) {
        return OptionalInt.empty();
    }

    /**
     * Fills a fresh trainer of such networks. Without a discriminator only the generator and its average are filled.
     *
     * @return what the user should know, a line each; empty if everything found its place
     * @throws duello.catalog.Failure if keys or shapes differ, naming every one, or the optimiser's state does not fit
     */
    List<String> into(Trainer trainer);
}
