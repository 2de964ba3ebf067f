package duello.metric;

import duello.io.DType;
import duello.io.NdArray;
import duello.torch.Ops;
import duello.torch.Scope;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Between tensors and the arrays that files hold. */
final class TensorFiles {
    private TensorFiles() {}

    /** A copy of a tensor as an array of float32, float64 or int64. */
    static NdArray array(Tensor t) {
        long[] shape = Ops.shape(t);
        if (t.scalar_type() == ScalarType.Double) {
            return NdArray.of(Ops.toDoubles(t), shape);
        }
        return t.scalar_type() == ScalarType.Long
                ? NdArray.of(Ops.toLongs(t), shape)
                : NdArray.of(Ops.toFloats(t), shape);
    }

    /** A copy of an array as a tensor on the processor: whole numbers as int64, F64 as float64, else float32. */
    static Tensor tensor(NdArray array) {
        if (array.dtype() == DType.F64) {
            return Ops.tensor(array.toDoubles(), array.shape());
        }
        return array.dtype().isFloating()
                ? Ops.tensor(array.toFloats(), array.shape())
                : Ops.tensor(array.toLongs(), array.shape());
    }

    static Map<String, NdArray> arrays(Map<String, Tensor> tensors) {
        Map<String, NdArray> out = new LinkedHashMap<>();
        try (Scope scope = Scope.open()) {
            tensors.forEach((key, t) -> out.put(key, array(t)));
        }
        return out;
    }

    /** Copies that belong to the innermost scope. */
    static Map<String, Tensor> tensors(Map<String, NdArray> arrays) {
        Map<String, Tensor> out = new LinkedHashMap<>();
        arrays.forEach((key, a) -> out.put(key, tensor(a)));
        return out;
    }
}
