package duello.torch;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;

/**
 * Draws of a batch in which row i comes from a source of its own, so that it is the same whatever rows it is drawn with.
 *
 * @param rows the sources, one for each row of whatever is drawn
 */
public record RowDraws(List<Draws> rows) implements Draws {
    public RowDraws {
        rows = List.copyOf(rows);
    }

    @Override
    public Tensor normal(long... shape) {
        return stacked(shape, (draws) -> draws.normal(one(shape)));
    }

    @Override
    public Tensor uniform(long... shape) {
        return stacked(shape, (draws) -> draws.uniform(one(shape)));
    }

    @Override
    public Tensor ints(long high, long... shape) {
        return stacked(shape, (draws) -> draws.ints(high, one(shape)));
    }

    private static long[] one(long[] shape) {
        long[] one = Arrays.copyOf(shape, shape.length);
        one[0] = 1;
        return one;
    }

    private Tensor stacked(long[] shape, Function<Draws, Tensor> row) {
        if (shape.length == 0 || shape[0] != rows.size()) {
            throw new IllegalArgumentException("draws of the shape " + Arrays.toString(shape) + " cannot be told apart"
                    + " by the " + rows.size() + " rows of a batch");
        }
        return Ops.cat(0, rows.stream().map(row).toArray(Tensor[]::new));
    }
}
