package duello.recipe;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Range;
import org.jspecify.annotations.Nullable;

/** A score that someone reported for a recipe, with what is needed to compare with it. */
public record PublishedScore(
        @Doc("Frechet Inception distance") @Range(min = 0) double fid,

        @Doc("Inception score") @Range(min = 1, max = 1000) @Nullable
        Double inceptionScore,

        @Doc("Iteration at which it was reached") @Range(min = 0) @Nullable
        Long step,

        @Doc("How it was measured: split, counts, features") String protocol,

        @Doc("Where this recipe is known to differ from the run behind the score") @Default("none")
        String differences) {}
