package duello.torch;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The owner of native memory: every native object made on this thread while the scope is the innermost open one is
 * freed when it closes, except what was {@linkplain #keep kept} or {@linkplain #attach handed} to an outer scope.
 *
 * <p>One scope a training step and one a batch of evaluation keep memory flat. Objects made outside any scope are freed
 * by the garbage collector, so only parameters, buffers and optimiser state may be made there.
 */
public final class Scope implements AutoCloseable {
    private final PointerScope pointers = new PointerScope();

    private Scope() {}

    /** Opens a scope on this thread; close it on the same thread, innermost first. */
    public static Scope open() {
        return new Scope();
    }

    /**
     * Lets {@code tensor} outlive every open scope; from now on it belongs to the garbage collector. Not for what an
     * operation in place returned, which borrows its operand's native object: keep the operand.
     */
    public static Tensor keep(Tensor tensor) {
        tensor.retainReference();
        return tensor;
    }

    /** Moves {@code tensor} from an inner scope into this one: it lives until this scope closes. */
    public Tensor attach(Tensor tensor) {
        pointers.attach(tensor);
        return tensor;
    }

    /** Runs {@code body} in a scope of its own and keeps only its result, which then belongs to the collector. */
    public static Tensor kept(Supplier<Tensor> body) {
        try (Scope scope = open()) {
            return keep(own(body.get()));
        }
    }

    /**
     * Runs {@code body} without recording gradients and in a scope of its own: of all that it makes only the tensors of its
     * result live on, in the scope around it. For networks that are frozen, whose maps nobody needs for a gradient.
     */
    public static Map<String, Tensor> frozen(Supplier<Map<String, Tensor>> body) {
        PointerScope around = PointerScope.getInnerScope();
        try (Scope inner = open()) {
            Map<String, Tensor> result = new LinkedHashMap<>(noGrad(body));
            result.replaceAll((name, t) -> handed(own(t), around));
            return result;
        }
    }

    /** The same tensor by a native object of its own: what an operation in place returns borrows its operand's. */
    private static Tensor own(Tensor tensor) {
        return new Tensor(tensor);
    }

    private static Tensor handed(Tensor tensor, @Nullable PointerScope around) {
        if (around == null) {
            return keep(tensor);
        }
        around.attach(tensor);
        return tensor;
    }

    /** Runs {@code body} without recording gradients; intermediate results are freed, the result goes to the caller. */
    public static <T> T noGrad(Supplier<T> body) {
        try (AutoGradMode off = new AutoGradMode(false)) {
            return body.get();
        }
    }

    /** As {@link #noGrad(Supplier)} for code without a result. */
    public static void withoutGrad(Runnable body) {
        try (AutoGradMode off = new AutoGradMode(false)) {
            body.run();
        }
    }

    /** Runs {@code body} recording gradients, also where somebody further out has switched that off. */
    public static <T> T withGrad(Supplier<T> body) {
        try (AutoGradMode on = new AutoGradMode(true)) {
            return body.get();
        }
    }

    /** Native objects that are alive in this process and known to the bindings. */
    public static long livePointers() {
        return Pointer.totalCount();
    }

    @Override
    public void close() {
        pointers.close();
    }
}
