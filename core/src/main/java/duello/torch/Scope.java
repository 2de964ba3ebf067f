package duello.torch;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;

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
     * The same tensor by a handle that outlives every open scope and belongs to the garbage collector. The handle that is
     * given stays where it was; it may be one that borrows, as of a function in place.
     */
    public static Tensor keep(Tensor tensor) {
        Tensor own = new Tensor(tensor);
        own.retainReference();
        return own;
    }

    /** The same tensor by a handle that lives until this scope closes; the one that is given stays where it was. */
    public Tensor attach(Tensor tensor) {
        return attached(tensor, pointers);
    }

    private static Tensor attached(Tensor tensor, PointerScope to) {
        Tensor own = new Tensor(tensor);
        to.attach(own);
        return own;
    }

    /** Runs {@code body} in a scope of its own and keeps only its result, which then belongs to the collector. */
    public static Tensor kept(Supplier<Tensor> body) {
        try (Scope scope = open()) {
            return keep(body.get());
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
            result.replaceAll((name, t) -> around == null ? keep(t) : attached(t, around));
            return result;
        }
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
