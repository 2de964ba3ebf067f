package duello.train;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Range;
import duello.method.Player;

/** Who moves when in one iteration. */
public record Turns(
        @Doc("Discriminator updates per iteration") @Default("5") @Range(min = 0, max = 1000)
        int discriminator,

        @Doc("Generator updates per iteration") @Default("1") @Range(min = 0, max = 1000)
        int generator,

        @Doc("Whether the discriminator moves before the generator") @Default("true")
        boolean discriminatorFirst) {
    /** Updates of a player per iteration. */
    int of(Player player) {
        return player == Player.DISCRIMINATOR ? discriminator : generator;
    }
}
