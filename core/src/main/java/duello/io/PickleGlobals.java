package duello.io;

import duello.catalog.Failure;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.razorvine.pickle.IObjectConstructor;
import org.jspecify.annotations.Nullable;

/**
 * The only Python names that a checkpoint may refer to, and what they stand for here. A TorchScript program may also name
 * its own classes: their objects are taken as the dictionaries of their attributes, and no method of theirs is read.
 */
final class PickleGlobals {
    private static final Map<String, DType> STORAGES = Map.of(
            "FloatStorage", DType.F32,
            "DoubleStorage", DType.F64,
            "HalfStorage", DType.F16,
            "BFloat16Storage", DType.BF16,
            "LongStorage", DType.I64,
            "IntStorage", DType.I32,
            "ShortStorage", DType.I16,
            "CharStorage", DType.I8,
            "ByteStorage", DType.U8,
            "BoolStorage", DType.BOOL);

    private PickleGlobals() {}

    /** The name of the storages that hold an element type. */
    static String storage(DType dtype) {
        for (Map.Entry<String, DType> storage : STORAGES.entrySet()) {
            if (storage.getValue() == dtype) {
                return storage.getKey();
            }
        }
        throw new IllegalStateException("no storage holds " + dtype);
    }

    /** The element type that a storage is named by. */
    record StorageType(DType dtype) {}

    /** A dictionary that is filled by BUILD: an {@code argparse.Namespace}, an object of a TorchScript class. */
    static final class Namespace extends LinkedHashMap<Object, @Nullable Object> {
        private static final long serialVersionUID = 1L;
    }

    /** A numpy element type by its code, such as {@code f8}. */
    record NumpyType(String code) {}

    /**
     * @param script whether the pickle is a TorchScript program's
     * @throws Failure if the name is not on the list
     */
    static Object find(String module, String name, boolean script) {
        if (script && module.startsWith("__torch__")) {
            return constructor(arguments -> new Namespace());
        }
        if (script && module.equals("torch.jit._pickle")) {
            // Lists of one kind of thing, and values with a note of their type.
            return constructor(arguments -> arguments[0]);
        }
        if (module.equals("torch") && STORAGES.containsKey(name)) {
            return new StorageType(STORAGES.get(name));
        }
        return switch (module + "." + name) {
            case "collections.OrderedDict" -> constructor(PickleGlobals::orderedDict);
            case "argparse.Namespace" -> constructor(arguments -> new Namespace());
            case "torch._utils._rebuild_tensor_v2" -> constructor(PickledTensor::of);
            case "torch._utils._rebuild_parameter" -> constructor(arguments -> tensor(arguments[0]));
            case "torch.Size" -> constructor(arguments -> (Object[]) arguments[0]);
            case "numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar" ->
                constructor(PickleGlobals::numpyScalar);
            case "numpy.dtype" -> constructor(arguments -> new NumpyType((String) arguments[0]));
            case "_codecs.encode" -> constructor(PickleGlobals::encode);
            default ->
                throw new Failure("it refers to the Python object '" + printable(module + "." + name)
                        + "', which a checkpoint of plain tensors does not need; nothing of it was run. Save only the"
                        + " state_dict, or convert the file to safetensors");
        };
    }

    /** Pickle's BUILD: gives an object its state. Only what the list above makes may have one. */
    static void build(@Nullable Object object, @Nullable Object state) {
        if (object instanceof Namespace namespace && state instanceof Map<?, ?> values) {
            namespace.putAll(values);
        } else if (object instanceof NumpyType && state instanceof Object[] fields && fields.length > 1) {
            if (">".equals(fields[1])) {
                throw new Failure("it holds a big-endian number, which is not supported");
            }
        } else if (!(object instanceof LinkedHashMap<?, ?> && state instanceof Map<?, ?>)) {
            throw new Failure("its pickle gives a state to something that has none");
        }
        // the state of an OrderedDict is the versions of modules (_metadata), which nobody needs
    }

    private static IObjectConstructor constructor(IObjectConstructor constructor) {
        return constructor;
    }

    /** Empty and then filled, or (as Python 2 wrote it) made from a list of pairs. */
    private static Object orderedDict(Object[] arguments) {
        Map<Object, @Nullable Object> map = new LinkedHashMap<>();
        if (arguments.length > 0) {
            for (Object pair : (List<?>) arguments[0]) {
                Object[] keyAndValue = pair instanceof List<?> list ? list.toArray() : (Object[]) pair;
                PickleMachine.put(map, keyAndValue[0], keyAndValue[1]);
            }
        }
        return map;
    }

    private static Object tensor(Object argument) {
        if (argument instanceof PickledTensor) {
            return argument;
        }
        throw new Failure("its pickle has a parameter that is not a tensor");
    }

    private static byte[] encode(Object[] arguments) {
        if (arguments.length != 2 || !"latin1".equals(arguments[1])) {
            throw new Failure("its pickle has text in an unknown encoding");
        }
        return ((String) arguments[0]).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Number numpyScalar(Object[] arguments) {
        String code = ((NumpyType) arguments[0]).code();
        byte[] raw = arguments[1] instanceof String text
                ? text.getBytes(StandardCharsets.ISO_8859_1)
                : (byte[]) arguments[1];
        ByteBuffer bytes = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
        return switch (code) {
            case "f8" -> bytes.getDouble();
            case "f4" -> bytes.getFloat();
            case "f2" -> Half.fromF16(bytes.getShort());
            case "i8" -> bytes.getLong();
            case "i4" -> bytes.getInt();
            case "i2" -> bytes.getShort();
            case "i1" -> bytes.get();
            case "u1", "b1" -> bytes.get() & 0xff;
            default -> throw new Failure("it holds a numpy number of the unsupported type '" + printable(code) + "'");
        };
    }

    private static String printable(String text) {
        return text.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
