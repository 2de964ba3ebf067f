package duello.train;

import duello.torch.Autocast;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Device;

/** The arithmetic of forward passes. */
public enum Precision {
    /** Single precision throughout. */
    FLOAT32 {
        @Override
        <T> T forward(Device device, Supplier<T> body) {
            return body.get();
        }
    },
    /** Convolutions and linear maps in bfloat16, the rest and the weights in single precision. */
    BFLOAT16 {
        @Override
        <T> T forward(Device device, Supplier<T> body) {
            return Autocast.bfloat16(device, body);
        }
    };

    /** Runs forward passes in this arithmetic. */
    abstract <T> T forward(Device device, Supplier<T> body);
}
