package duello.method.augment;

import duello.torch.Ops;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The low-pass of the symlet of order 6, its sum 1, along rows {@code [n, size]}, without padding. */
final class SymletFilter {
    private static final float[] TAPS = {
        0.010892349295318127f,
        0.0024683058727532625f,
        -0.08343160152435303f,
        -0.034161560237407684f,
        0.3472289443016052f,
        0.5569463968276978f,
        0.238952174782753f,
        -0.05136248096823692f,
        -0.01489187404513359f,
        0.031625278294086456f,
        0.0012499609729275107f,
        -0.0055159335024654865f
    };

    static final int LENGTH = TAPS.length;

    private SymletFilter() {}

    static Tensor convolved(Tensor rows) {
        return apply(rows, taps(rows.device()).flip(0), 1);
    }

    /** As it is, not mirrored as a convolution has it; every second result. */
    static Tensor correlatedAndHalved(Tensor rows) {
        return apply(rows, taps(rows.device()), 2);
    }

    private static Tensor apply(Tensor rows, Tensor taps, long stride) {
        long[] none = {0};
        return torch.conv1d(
                        rows.unsqueeze(1),
                        taps.view(1, 1, -1),
                        Ops.none(),
                        new long[] {stride},
                        none,
                        new long[] {1},
                        1)
                .squeeze(1);
    }

    static Tensor taps(Device device) {
        return Ops.tensor(TAPS, TAPS.length).to(device, ScalarType.Float);
    }
}
