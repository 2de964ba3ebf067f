package duello.model;

import duello.io.DType;
import duello.io.NdArray;
import duello.io.SafeTensors;
import duello.torch.Devices;
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

/** The bridge between tensors and files: state dicts as arrays, row-major and contiguous on disk. */
public final class Weights {
    private Weights() {}

    /** The tensors of a safetensors file, on the processor, of the file's types. */
    public static Map<String, Tensor> read(Path file) {
        return tensors(SafeTensors.read(file).tensors());
    }

    /** Writes tensors as a safetensors file, whole or not at all. */
    public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) {
        SafeTensors.write(file, arrays(tensors), metadata);
    }

    /** Arrays as tensors on the processor, by copy. */
    public static Map<String, Tensor> tensors(Map<String, NdArray> arrays) {
        Map<String, Tensor> out = new LinkedHashMap<>();
        arrays.forEach((name, a) -> out.put(name, tensor(a)));
        return out;
    }

    /** Tensors as arrays, by copy. */
    public static Map<String, NdArray> arrays(Map<String, Tensor> tensors) {
        Map<String, NdArray> out = new LinkedHashMap<>();
        tensors.forEach((name, t) -> out.put(name, array(t)));
        return out;
    }

    /** One array as a tensor on the processor. */
    public static Tensor tensor(NdArray array) {
        Tensor t = torch.empty(array.shape(), Ops.options(type(array.dtype()), Devices.CPU), null);
        ByteBuffer data = array.data();
        try (BytePointer to = new BytePointer(t.data_ptr())) {
            to.capacity(data.remaining()).asByteBuffer().put(data);
        }
        return t;
    }

    /** One tensor as an array. */
    public static NdArray array(Tensor tensor) {
        try (Scope scope = Scope.open()) {
            Tensor host = tensor.detach().to(Devices.CPU, tensor.scalar_type()).contiguous();
            DType type = type(host.scalar_type());
            long bytes = type.byteCount(Ops.shape(host));
            ByteBuffer copy = ByteBuffer.allocate(Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
            copy.put(new BytePointer(host.data_ptr()).capacity(bytes).asByteBuffer());
            return NdArray.wrap(type, copy.flip(), Ops.shape(host));
        }
    }

    private static ScalarType type(DType type) {
        return switch (type) {
            case F16 -> ScalarType.Half;
            case BF16 -> ScalarType.BFloat16;
            case F32 -> ScalarType.Float;
            case F64 -> ScalarType.Double;
            case U8 -> ScalarType.Byte;
            case I8 -> ScalarType.Char;
            case I16 -> ScalarType.Short;
            case I32 -> ScalarType.Int;
            case I64 -> ScalarType.Long;
            case BOOL -> ScalarType.Bool;
        };
    }

    private static DType type(ScalarType type) {
        return switch (type) {
            case Half -> DType.F16;
            case BFloat16 -> DType.BF16;
            case Float -> DType.F32;
            case Double -> DType.F64;
            case Byte -> DType.U8;
            case Char -> DType.I8;
            case Short -> DType.I16;
            case Int -> DType.I32;
            case Long -> DType.I64;
            case Bool -> DType.BOOL;
            default -> throw new IllegalArgumentException("tensors of type " + type + " cannot be saved");
        };
    }
}
