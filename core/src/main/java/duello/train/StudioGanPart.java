package duello.train;

import duello.catalog.Failure;
import duello.io.NdArray;
import duello.io.PthReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What one file of a PyTorch-StudioGAN checkpoint holds.
 *
 * @param file where it was read from
 * @param content all of it, as plain data
 * @param weights the network's state dict
 */
record StudioGanPart(Path file, Map<?, ?> content, Map<String, NdArray> weights) {
    private static final long MOST = 1_000_000_000_000L;

    /** @throws Failure if it is not readable or holds no state dict */
    static StudioGanPart read(Path file) {
        Map<?, ?> content = PthReader.readMap(file);
        if (!content.containsKey("state_dict")) {
            throw new Failure(file + ": it holds no 'state_dict', as the checkpoints of PyTorch-StudioGAN do; is it of"
                    + " another program? StyleGAN2 in rosinality's layout comes in without --recipe");
        }
        return new StudioGanPart(file, content, PthReader.stateDict(content.get("state_dict"), file + " 'state_dict'"));
    }

    /** What is kept beside the weights; null if there is no such thing. */
    @Nullable
    Object get(String key) {
        return content.get(key);
    }

    /** A natural number that is kept beside the weights, if it is there and is one. */
    OptionalLong natural(String key) {
        return get(key) instanceof Number n
                        && n.doubleValue() == n.longValue()
                        && n.longValue() >= 0
                        && n.longValue() < MOST
                ? OptionalLong.of(n.longValue())
                : OptionalLong.empty();
    }

    /**
     * The numbers that are kept beside the weights, be it as tensors without axes; those in maps by the names on the way,
     * joined with dots.
     */
    Map<String, Double> numbers() {
        Map<String, Double> numbers = new LinkedHashMap<>();
        content.forEach((key, value) -> {
            if (value instanceof Map<?, ?> map) {
                if (!"state_dict".equals(key) && !"optimizer".equals(key)) {
                    map.forEach((inner, number) -> put(numbers, key + "." + inner, number));
                }
            } else {
                put(numbers, String.valueOf(key), value);
            }
        });
        return numbers;
    }

    private static void put(Map<String, Double> numbers, String name, @Nullable Object value) {
        if (value instanceof Number n) {
            numbers.put(name, n.doubleValue());
        } else if (value instanceof NdArray array && array.shape().length == 0) {
            numbers.put(name, array.toDoubles()[0]);
        }
    }
}
