package duello.train;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.dist.Gathering;

/** How several processes train as one; nothing of it matters to one alone. */
public record Together(
        @Doc("sound: a loss of all processes' images weighs as on one process; reference: 1 / processes as much")
        @Default("sound")
        Gathering gathering,

        @Doc("Whether batch norm takes the statistics of all processes' images together; else each process its own")
        @Default("false")
        boolean syncBatchNorm) {
    /** The defaults. */
    public static final Together STANDARD = new Together(Gathering.SOUND, false);
}
