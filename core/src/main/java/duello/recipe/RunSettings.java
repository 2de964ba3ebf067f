package duello.recipe;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Range;

/** What a run writes down, and how often. An interval of 0 says: never in between, only at the end. */
public record RunSettings(
        @Doc("Iterations between two lines of the metrics log") @Default("100") @Range(min = 1)
        long logEvery,

        @Doc("Iterations between two pictures of samples; 0 for one at the end") @Default("2000") @Range(min = 0)
        long samplesEvery,

        @Doc("Iterations between two checkpoints; 0 for one at the end") @Default("2000") @Range(min = 0)
        long checkpointEvery,

        @Doc("Iterations between two evaluations; 0 for one at the end") @Default("0") @Range(min = 0)
        long evaluateEvery,

        @Doc("Checkpoints kept beside the latest and the best") @Default("2") @Range(min = 0, max = 10000)
        int keep,

        @Doc("Columns of a picture of samples; its rows are classes") @Default("10") @Range(min = 1, max = 100)
        int columns,

        @Doc("Generated images of one evaluation") @Default("10000") @Range(min = 2, max = 1000000)
        int evaluationImages) {}
