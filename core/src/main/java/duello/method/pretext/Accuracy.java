package duello.method.pretext;

import duello.method.Figures;
import java.util.Map;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * How many of the last micro batch's images the discriminator was right about, before it learnt from them, on real and
 * on generated images apart. Kept on the device, so that nobody waits for it before it is read.
 */
final class Accuracy {
    private final String method;
    private final Figures shares = new Figures();

    /** Of a method, by its name in the log. */
    Accuracy(String method) {
        this.method = method;
    }

    /** {@code right} is a truth value per real image. */
    void real(Tensor right) {
        shares.set(method + ".accuracy_real", share(right));
    }

    /** {@code right} is a truth value per generated image. */
    void generated(Tensor right) {
        shares.set(method + ".accuracy_generated", share(right));
    }

    /**
     * Whether the largest output is that of the class.
     *
     * @param outputs {@code [B, K]}
     * @param classes int64 {@code [B]}
     */
    static Tensor named(Tensor outputs, Tensor classes) {
        return outputs.argmax(new LongOptional(1), false).eq(classes);
    }

    private static Tensor share(Tensor right) {
        return right.to(ScalarType.Float).mean();
    }

    /** Shares in [0, 1] by name, of what was seen so far. */
    Map<String, Tensor> measures() {
        return shares.all();
    }
}
