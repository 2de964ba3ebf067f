package duello.method.augment;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.method.Augment;
import duello.torch.Draws;
import duello.torch.Ops;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Differentiable augmentation: colour (brightness, saturation, contrast), then translation by up to an eighth, then a
 * cut-out of half the side; always applied, drawn per sample. All of them in this order whatever the order of the list.
 */
@Doc("DiffAugment: colour, translation and cut-out of every image that the discriminator sees")
@Paper("Zhao et al., Differentiable Augmentation for Data-Efficient GAN Training, NeurIPS 2020, arXiv 2006.10738")
public record DiffAugment(
        @Doc("Which: color, translation, cutout") @Default("[color, translation, cutout]")
        List<Kind> kinds) implements Augment {
    /** The three transforms of the paper. */
    public enum Kind {
        COLOR,
        TRANSLATION,
        CUTOUT
    }

    private static final double TRANSLATION = 0.125;
    private static final double CUTOUT = 0.5;

    public DiffAugment {
        kinds = List.copyOf(kinds);
    }

    @Override
    public Tensor apply(Tensor x, Draws draws) {
        Tensor out = x;
        if (kinds.contains(Kind.COLOR)) {
            out = color(out, draws);
        }
        if (kinds.contains(Kind.TRANSLATION)) {
            out = translation(out, draws);
        }
        if (kinds.contains(Kind.CUTOUT)) {
            out = cutout(out, draws);
        }
        return out;
    }

    private static Tensor color(Tensor x, Draws draws) {
        Tensor u = draws.uniform(3, x.size(0), 1, 1, 1);
        Tensor out = brightness(x, u.select(0, 0));
        out = saturation(out, u.select(0, 1));
        return contrast(out, u.select(0, 2));
    }

    /** {@code x + u - 1/2}; u {@code [B, 1, 1, 1]} in [0, 1). */
    public static Tensor brightness(Tensor x, Tensor u) {
        return x.add(Ops.add(u, -0.5));
    }

    /** {@code (x - m) 2u + m}, m the mean over channels at each pixel. */
    public static Tensor saturation(Tensor x, Tensor u) {
        return torch.lerp(Ops.mean(x, true, 1), x, Ops.mul(u, 2));
    }

    /** {@code (x - m) (u + 1/2) + m}, m the mean of the sample. */
    public static Tensor contrast(Tensor x, Tensor u) {
        return torch.lerp(Ops.mean(x, true, 1, 2, 3), x, Ops.add(u, 0.5));
    }

    private static Tensor translation(Tensor x, Draws draws) {
        long rows = maxShift(x.size(2));
        long columns = maxShift(x.size(3));
        Tensor down = Ops.add(draws.ints(2 * rows + 1, x.size(0)), -rows);
        Tensor right = Ops.add(draws.ints(2 * columns + 1, x.size(0)), -columns);
        return translated(x, down, right, Math.max(rows, columns));
    }

    private static long maxShift(long side) {
        return (long) Math.floor(side * TRANSLATION + 0.5);
    }

    /** {@code out[i, j] = x[i + rows, j + columns]}, 0 outside; both int64 {@code [B]} in {@code [-max, max]}. */
    public static Tensor translated(Tensor x, Tensor rows, Tensor columns, long max) {
        long h = x.size(2);
        long w = x.size(3);
        Tensor padded = torch.constant_pad_nd(x, max, max, max, max);
        Tensor fromRow = Ops.add(Ops.range(h, x.device()).unsqueeze(0).add(rows.unsqueeze(1)), max)
                .view(-1, 1, h, 1)
                .expand(-1, x.size(1), -1, w + 2 * max);
        Tensor fromColumn = Ops.add(Ops.range(w, x.device()).unsqueeze(0).add(columns.unsqueeze(1)), max)
                .view(-1, 1, 1, w)
                .expand(-1, x.size(1), h, -1);
        return padded.gather(2, fromRow).gather(3, fromColumn);
    }

    private static Tensor cutout(Tensor x, Draws draws) {
        long height = (long) Math.floor(x.size(2) * CUTOUT + 0.5);
        long width = (long) Math.floor(x.size(3) * CUTOUT + 0.5);
        Tensor top = draws.ints(x.size(2) + 1 - height % 2, x.size(0));
        Tensor left = draws.ints(x.size(3) + 1 - width % 2, x.size(0));
        return withoutRectangle(x, top, left, height, width);
    }

    /**
     * Sets rows {@code o - height / 2 ... + height - 1}, o = {@code top}, times the same of columns to 0; what lies
     * outside is lost, so the rectangle shrinks at the borders.
     */
    public static Tensor withoutRectangle(Tensor x, Tensor top, Tensor left, long height, long width) {
        Tensor rows = inside(x.size(2), top, height, x).unsqueeze(2);
        Tensor columns = inside(x.size(3), left, width, x).unsqueeze(1);
        Tensor outside = rows.logical_and(columns).logical_not().unsqueeze(1);
        return x.mul(outside.to(x.scalar_type()));
    }

    /** {@code [B, side]}: whether a position lies in the segment of {@code length} around {@code offset}. */
    private static Tensor inside(long side, Tensor offset, long length, Tensor like) {
        Tensor from = Ops.add(offset, -(length / 2)).unsqueeze(1);
        Tensor position = Ops.range(side, like.device()).unsqueeze(0);
        return position.ge(from).logical_and(position.lt(Ops.add(from, length)));
    }
}
