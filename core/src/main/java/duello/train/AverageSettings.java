package duello.train;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Range;

/** The moving average of the generator that samples and scores are made with. */
public record AverageSettings(
        @Doc("Share of the old average that stays at each generator update") @Default("0.999") @Range(min = 0, max = 1)
        double decay,

        @Doc("Iteration up to which the average is a plain copy") @Default("0") @Range(min = 0)
        long start) {}
