package duello.method.augment;

import duello.torch.Ops;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * An axis mirrored on both sides as far as a mirror reaches, {@code size - 1} pixels, and then doubled. All of it is
 * linear, so it is one matrix. Mirrored pixels repeat after {@code 2 (size - 1)}, so one period is held in memory, and
 * the ends, where the filter reaches beyond the mirror.
 *
 * @param size of the image, px, at least 2
 */
record MirroredAxis(long size) implements Axis {
    private static final long END = SymletFilter.LENGTH / 2;

    @Override
    public long positions() {
        return 2 * (3 * size - 2);
    }

    @Override
    public Tensor place(Tensor position) {
        if (left() <= 0) {
            return position;
        }
        Tensor repeated = Ops.add(Ops.add(position, -END).remainder(new Scalar(period())), END);
        Tensor fromStart = position.where(position.lt(new Scalar(END)), repeated);
        return Ops.add(position, -left()).where(position.ge(new Scalar(positions() - END)), fromStart);
    }

    private long period() {
        return 4 * (size - 1);
    }

    /** How many positions are left out. */
    private long left() {
        return positions() - period() - 2 * END;
    }

    /** {@code [in memory, size]}: from the image's pixels. */
    Tensor matrix(Device device) {
        Tensor pixels = Ops.add(Ops.range(3 * size - 2, device), 1 - size);
        Tensor mirrored = torch.eye(size, Ops.floats(device)).index_select(1, Reflect.into(pixels, size));
        Tensor spread = torch.stack(new TensorVector(mirrored, torch.zeros_like(mirrored)), 2)
                .flatten(1, 2);
        Tensor padded = torch.constant_pad_nd(spread, SymletFilter.LENGTH / 2, SymletFilter.LENGTH / 2 - 1);
        Tensor all = Ops.mul(SymletFilter.convolved(padded), 2).t();
        long end = positions() - END;
        return left() <= 0 ? all : Ops.cat(0, Ops.rows(all, 0, END + period()), Ops.rows(all, end, positions()));
    }
}
