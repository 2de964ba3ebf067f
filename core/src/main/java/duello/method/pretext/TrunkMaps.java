package duello.method.pretext;

import duello.method.Table;
import duello.torch.Forward;
import duello.torch.Ops;
import duello.torch.Scope;
import java.util.ArrayList;
import java.util.List;

/**
 * The named maps of a discriminator's trunk, from the image inwards.
 *
 * @param list at least one
 */
record TrunkMaps(List<Named> list) {
    /**
     * A map.
     *
     * @param name what taps are told
     * @param side rows and columns
     */
    record Named(String name, long side) {}

    /** Those of a run, seen in a pass that leaves no trace. */
    static TrunkMaps of(Table table) {
        List<Named> maps = new ArrayList<>();
        int side = table.domain().resolution();
        Forward f = Forward.EVALUATION.with((layer, map) -> {
            maps.add(new Named(layer, map.size(2)));
            return map;
        });
        try (Scope scope = Scope.open()) {
            Scope.withoutGrad(() -> table.discriminator().trunk(Ops.zeros(table.device(), 1, 3, side, side), f));
        }
        if (maps.isEmpty()) {
            throw new IllegalStateException("the discriminator names none of its maps");
        }
        return new TrunkMaps(List.copyOf(maps));
    }

    /** The deepest with at least so many rows; the first where all have fewer. */
    Named atLeast(long rows) {
        Named found = list.get(0);
        for (Named map : list) {
            found = map.side() >= rows ? map : found;
        }
        return found;
    }
}
