package duello.metric;

import duello.catalog.Failure;
import duello.io.DType;
import duello.io.NdArray;
import duello.io.SafeTensors;
import duello.torch.Ops;
import duello.torch.Scope;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Tensors in files of the cache: whole, or recognised as damaged. */
final class TensorFiles {
    private static final String DIGEST = "digest";
    private static final int DIGEST_BYTES = 8;

    private TensorFiles() {}

    /** Writes tensors with the digest of their values. */
    static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) {
        Map<String, NdArray> arrays = arrays(tensors);
        Map<String, String> all = new LinkedHashMap<>(metadata);
        all.put(DIGEST, digest(arrays));
        SafeTensors.write(file, arrays, all);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws Failure if the file is damaged in any way
     */
    static SafeTensors.Contents read(Path file) {
        SafeTensors.Contents contents = SafeTensors.read(file);
        if (!digest(contents.tensors()).equals(contents.metadata().get(DIGEST))) {
            throw new Failure(file + ": the values do not match their digest; the file is damaged");
        }
        return contents;
    }

    /** The beginning of the SHA-256 of names and values in order. */
    static String digest(Map<String, NdArray> arrays) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            arrays.forEach((key, array) -> {
                sha.update(key.getBytes(StandardCharsets.UTF_8));
                sha.update(array.data());
            });
            return HexFormat.of().formatHex(sha.digest(), 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A copy of a tensor as an array of float32, float64 or int64. */
    static NdArray array(Tensor t) {
        long[] shape = Ops.shape(t);
        if (t.scalar_type().intern() == ScalarType.Double) {
            return NdArray.of(Ops.toDoubles(t), shape);
        }
        return t.scalar_type().intern() == ScalarType.Long
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
