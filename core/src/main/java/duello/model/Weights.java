package duello.model;

import duello.catalog.Failure;
import duello.io.DType;
import duello.io.NdArray;
import duello.io.SafeTensors;
import duello.torch.Devices;
import duello.torch.Module;
import duello.torch.Ops;
import duello.torch.Scope;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Between tensors and files: a tensor of any memory layout and device becomes a row-major array and back, element type
 * and shape unchanged (a scalar has the shape {@code []}), bit for bit.
 */
public final class Weights {
    private Weights() {}

    /** A copy of an array as a tensor on the processor; it belongs to the innermost open scope. */
    public static Tensor tensor(NdArray array) {
        Tensor t = torch.zeros(array.shape(), Ops.options(type(array.dtype()), Devices.CPU));
        ByteBuffer data = array.data();
        if (data.hasRemaining()) {
            memory(t, data.remaining()).put(data);
        }
        return t;
    }

    /**
     * A copy of a tensor as an array.
     *
     * @throws IllegalArgumentException if its element type is none of {@link DType}'s
     */
    public static NdArray array(Tensor t) {
        DType dtype = dtype(t.scalar_type().intern());
        try (Scope scope = Scope.open()) {
            Tensor host = t.detach().to(Devices.CPU, t.scalar_type()).contiguous();
            int bytes = Math.toIntExact(dtype.byteCount(Ops.shape(host)));
            ByteBuffer copy = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
            if (bytes > 0) {
                copy.put(memory(host, bytes)).flip();
            }
            return NdArray.wrap(dtype, copy, Ops.shape(host));
        }
    }

    /** Copies of all arrays, in their order; see {@link #tensor}. */
    public static Map<String, Tensor> tensors(Map<String, NdArray> arrays) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        arrays.forEach((name, a) -> tensors.put(name, tensor(a)));
        return tensors;
    }

    /** Copies of all tensors, in their order; see {@link #array}. */
    public static Map<String, NdArray> arrays(Map<String, Tensor> tensors) {
        Map<String, NdArray> arrays = new LinkedHashMap<>();
        tensors.forEach((name, t) -> arrays.put(name, array(t)));
        return arrays;
    }

    /** The tensors of a safetensors file, on the processor, of the file's types and in its order. */
    public static Map<String, Tensor> read(Path file) {
        return tensors(SafeTensors.read(file).tensors());
    }

    /** Writes tensors as a safetensors file, whole or not at all. */
    public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) {
        SafeTensors.write(file, arrays(tensors), metadata);
    }

    /**
     * Copies a state dict into a module's tensors, in place.
     *
     * @param source what a failure calls the origin
     * @throws Failure if keys or shapes are not the module's; nothing is changed then
     */
    public static void load(Map<String, NdArray> arrays, Module module, String source) {
        try (Scope scope = Scope.open()) {
            module.load(tensors(arrays), source);
        }
    }

    /** The memory of a contiguous tensor on the processor. */
    private static ByteBuffer memory(Tensor t, int bytes) {
        return new BytePointer(t.data_ptr()).capacity(bytes).asByteBuffer();
    }

    private static ScalarType type(DType dtype) {
        return switch (dtype) {
            case F16 -> ScalarType.Half;
            case BF16 -> ScalarType.BFloat16;
            case F32 -> ScalarType.Float;
            case F64 -> ScalarType.Double;
            case I8 -> ScalarType.Char;
            case U8 -> ScalarType.Byte;
            case I16 -> ScalarType.Short;
            case I32 -> ScalarType.Int;
            case I64 -> ScalarType.Long;
            case BOOL -> ScalarType.Bool;
        };
    }

    private static DType dtype(ScalarType type) {
        for (DType candidate : DType.values()) {
            if (type(candidate) == type) {
                return candidate;
            }
        }
        throw new IllegalArgumentException("tensors of type " + type + " are not saved");
    }
}
