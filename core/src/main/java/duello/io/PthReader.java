package duello.io;

import duello.catalog.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads PyTorch checkpoints ({@code .pth}, {@code .pt}; the zip container and the one before PyTorch 1.6) without
 * Python and without running anything in them: a pickle may name tensors, ordered maps, numbers and text, and nothing
 * else. Only little-endian files.
 */
public final class PthReader {
    static final long MAX_PICKLE = 64L << 20;

    private static final int MAX_NAMES = 200_000;
    private static final int COPIES_PER_FILE_SIZE = 16;
    private static final int ZIP_MAGIC = 0x04034b50;
    private static final String PARALLEL_PREFIX = "module.";

    private PthReader() {}

    /**
     * Reads a checkpoint as nested, unmodifiable {@link Map}, {@link java.util.List} (also of tuples), {@link Number},
     * {@link Boolean}, {@link String}, {@link NdArray} and null (None). Maps keep their order; keys are text or numbers.
     * Of a TorchScript program, each module is the map of its attributes; its code is not read.
     * Arrays are views of the mapped file wherever the tensor is contiguous; the file must not be changed in place while
     * they are used.
     *
     * @throws Failure if the file is damaged, cut short, of another format, or its pickle names any other Python object
     */
    public static Object read(Path file) {
        try (MappedFile mapped = new MappedFile(file)) {
            boolean zip = mapped.size() >= 4 && mapped.slice(0, 4).getInt(0) == ZIP_MAGIC;
            PthContainer container = zip ? PthZip.open(file, mapped) : new PthLegacy(mapped);
            return new PthTree(container, COPIES_PER_FILE_SIZE * mapped.size()).read();
        } catch (Failure e) {
            throw new Failure(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw IoFailures.reading(file, e);
        } catch (RuntimeException e) {
            // crafted or damaged bytes reach the libraries' own checks in many ways
            throw new Failure(file + ": it is not a readable PyTorch checkpoint; the file is damaged", e);
        }
    }

    /** Reads a checkpoint whose outermost object is a map, as every training script saves; see {@link #read}. */
    public static Map<?, ?> readMap(Path file) {
        if (read(file) instanceof Map<?, ?> map) {
            return map;
        }
        throw new Failure(file + ": it holds a single value, not a map of names");
    }

    /**
     * A part of a checkpoint as a state dict: names to arrays in their order, without the {@code module.} that parallel
     * training puts before each name.
     *
     * @param where what to call the part in a failure, such as {@code model.pth 'state_dict'}
     * @throws Failure if it is not a map from text to tensors
     */
    public static Map<String, NdArray> stateDict(@Nullable Object part, String where) {
        if (!(part instanceof Map<?, ?> map)) {
            throw new Failure(where + ": it is not a state dict (a map from names to tensors)");
        }
        boolean parallel = !map.isEmpty()
                && map.keySet().stream().allMatch(key -> String.valueOf(key).startsWith(PARALLEL_PREFIX));
        LinkedHashMap<String, NdArray> tensors = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (!(key instanceof String name) || !(value instanceof NdArray array)) {
                throw new Failure(where + ": '" + key + "' is not a tensor, so this is not a state dict");
            }
            tensors.put(parallel ? name.substring(PARALLEL_PREFIX.length()) : name, array);
        });
        return tensors;
    }

    /**
     * Every tensor of a checkpoint or TorchScript program, by the names on the way to it joined with dots, as
     * {@code layers.conv.weight}. What is not a tensor, or lies in a list, is left out.
     *
     * @throws Failure if there are more names than any network has, as maps that share their parts can make of few bytes
     */
    public static Map<String, NdArray> tensors(Object tree) {
        Map<String, Object> found = new LinkedHashMap<>();
        flatten("", tree, found);
        Map<String, NdArray> tensors = new LinkedHashMap<>();
        found.forEach((name, value) -> {
            if (value instanceof NdArray array) {
                tensors.put(name, array);
            }
        });
        return tensors;
    }

    private static void flatten(String path, @Nullable Object value, Map<String, Object> found) {
        if (found.size() >= MAX_NAMES) {
            throw new Failure("it holds more than " + MAX_NAMES + " names, more than any network has");
        }
        if (value instanceof Map<?, ?> map) {
            found.put(path + "/", map);
            map.forEach((key, child) -> flatten(path.isEmpty() ? "" + key : path + "." + key, child, found));
        } else if (value != null) {
            found.put(path, value);
        }
    }
}
