package duello.torch;

import java.util.function.Supplier;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Mixed precision of forward passes, by libtorch's own lists of what is safe in half the bits. */
public final class Autocast {
    private Autocast() {}

    /** Runs {@code body} with convolutions and matrix products on {@code device} in bfloat16. */
    public static <T> T bfloat16(Device device, Supplier<T> body) {
        torch.set_autocast_dtype(device.type(), ScalarType.BFloat16);
        return with(device, true, body);
    }

    /** Runs {@code body} in single precision, inside {@link #bfloat16} too; cast what comes from outside. */
    public static <T> T off(Device device, Supplier<T> body) {
        return with(device, false, body);
    }

    private static <T> T with(Device device, boolean on, Supplier<T> body) {
        boolean before = torch.is_autocast_enabled(device.type());
        torch.set_autocast_enabled(device.type(), on);
        torch.increment_nesting();
        try {
            return body.get();
        } finally {
            // The cache of cast weights must not outlive the outermost block: an optimiser step follows.
            if (torch.decrement_nesting() == 0) {
                torch.clear_cache();
            }
            torch.set_autocast_enabled(device.type(), before);
        }
    }
}
