package duello.method;

import duello.catalog.ProgressListener;
import duello.model.Head;
import duello.torch.Draws;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A method of a paper. The recipe holds it as an immutable record of settings; when a run is built, {@link #build} makes
 * the object that takes part, by the roles it implements: {@link Term}, {@link LatentStep}, {@link CodeStep}, {@link Prepare}, {@link
 * Augment}, {@link Selection}, {@link Referee}, {@link Freeze}, {@link Wrap}, {@link Hook}, {@link Stateful}, {@link Learner}, {@link
 * Measured}. One object may have several. The trainer sorts methods by role once and knows none by name.
 */
public interface Method {
    /**
     * The living form of this method in one run: itself when it needs no heads, parameters or state. Called once, after
     * the networks are made and before the optimisers are.
     */
    default Method build(Table table) {
        return this;
    }

    /**
     * Called once on a fresh run, after the weights are there and before the first step; not on resume.
     *
     * @param draws those of this method
     * @param progress hears how far a method is that needs more than a moment; what it throws ends the beginning
     */
    default void begin(Table table, Draws draws, ProgressListener progress) {}

    /** Why it must not stand beside another method of a recipe; null where it may. Asked of both, in either order. */
    default @Nullable String conflict(Method other) {
        return null;
    }

    /** The heads it reads. */
    default List<Head> heads() {
        return List.of();
    }

    /** Whether it plays the game of real and generated itself, so that the recipe's adversarial loss takes no part. */
    default boolean replacesAdversarial() {
        return false;
    }

    /** Whether it learns to tell classes apart, which takes images of at least two. */
    default boolean needsClasses() {
        return false;
    }

    /** Whether it leaves a player nothing to learn, whose updates must then be 0. */
    default boolean idles(Player player) {
        return false;
    }

    /** Whether it compares with the generator that the run started from, so that there must be one. */
    default boolean needsSource() {
        return false;
    }

    /** Whether it reads the codes that the generator's latents end with, so that there must be some. */
    default boolean needsCodes() {
        return false;
    }

    /** Whether it works on what latents are mapped to, so that the generator must have a mapping network. */
    default boolean needsMapping() {
        return false;
    }
}
