package duello.train;

import duello.catalog.Failure;
import duello.io.NdArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One network under the names of two programs, ours and theirs. Every tensor has a counterpart that differs from it by its
 * name and by axes of length 1 alone, or it is a constant that either program can do without. So a translation copies no
 * number wrongly, and one undoes the other; the keys of its result are in the order that the program itself has them in.
 *
 * <p>It is written down once: their keys in their order, then ours in ours.
 */
final class Correspondence {
    private static final float SAME = 1e-6f;

    private final String theirNetwork;
    private final Absent absent;
    private final List<String> ours = new ArrayList<>();
    private final List<String> theirs = new ArrayList<>();
    private final Map<String, Pair> pairs = new HashMap<>();
    private final Map<String, NdArray> constants = new HashMap<>();

    /** Their tensor has {@code before} axes of length 1 before those of ours, and {@code behind} behind them. */
    private record Pair(String ours, String theirs, int before, int behind) {}

    /** Makes what files of the other program may lack. */
    @FunctionalInterface
    interface Absent {
        /** Nothing may be lacking. */
        Absent NEVER = (key, file) -> null;

        /**
         * The value of one of their tensors; null if files must have it.
         *
         * @param file all that the file has
         */
        @Nullable
        NdArray value(String key, Map<String, NdArray> file);
    }

    /** @param theirNetwork what the other program's networks are all like, for refusals */
    Correspondence(String theirNetwork, Absent absent) {
        this.theirNetwork = theirNetwork;
        this.absent = absent;
    }

    /** The next of their keys, and ours that it stands for. */
    void pair(String theirKey, String ourKey, int before, int behind) {
        Pair pair = new Pair(ourKey, theirKey, before, behind);
        theirs.add(theirKey);
        pairs.put(theirKey, pair);
        pairs.put(ourKey, pair);
    }

    /** The next of their keys, of the same shape as ours. */
    void pair(String theirKey, String ourKey) {
        pair(theirKey, ourKey, 0, 0);
    }

    /** The next of their keys, which is constant. */
    void theirConstant(String key, NdArray value) {
        theirs.add(key);
        constants.put(key, value);
    }

    /** The next of our keys. */
    void our(String prefix, String... names) {
        for (String name : names) {
            ours.add(prefix + name);
        }
    }

    /** The next of our keys, which is constant. */
    void ourConstant(String key, NdArray value) {
        ours.add(key);
        constants.put(key, value);
    }

    /** Our keys in our order. */
    List<String> ours() {
        return List.copyOf(ours);
    }

    /** Their keys in their order. */
    List<String> theirs() {
        return List.copyOf(theirs);
    }

    /**
     * Our state dict as theirs.
     *
     * @param source what a failure calls the origin
     * @throws Failure if a key has no counterpart or is missing, or a constant is another one
     */
    Map<String, NdArray> toTheirs(Map<String, NdArray> state, String source) {
        check(state, ours, source);
        Map<String, NdArray> out = new LinkedHashMap<>();
        for (String key : theirs) {
            Pair pair = pairs.get(key);
            out.put(key, pair == null ? constant(key) : widened(required(state, pair.ours, source), pair));
        }
        return out;
    }

    /**
     * Their state dict as ours.
     *
     * @param source what a failure calls the origin
     * @throws Failure if a key has no counterpart or is missing, a constant is another one, or an axis is not of length 1
     *     that must be
     */
    Map<String, NdArray> toOurs(Map<String, NdArray> state, String source) {
        check(state, theirs, source);
        Map<String, NdArray> out = new LinkedHashMap<>();
        for (String key : ours) {
            Pair pair = pairs.get(key);
            out.put(key, pair == null ? constant(key) : narrowed(present(state, pair.theirs, source), pair, source));
        }
        return out;
    }

    /** Whether one of their tensors is constant. */
    boolean isConstant(String theirKey) {
        return constants.containsKey(theirKey);
    }

    /** What we call one of their tensors. */
    String ourName(String theirKey) {
        return paired(theirKey).ours;
    }

    /** One of their tensors, or something of its shape, in the shape of ours. */
    NdArray toOurs(String theirKey, NdArray array, String source) {
        return narrowed(array, paired(theirKey), source);
    }

    private Pair paired(String theirKey) {
        Pair pair = pairs.get(theirKey);
        if (pair == null) {
            throw new IllegalArgumentException("'" + theirKey + "' has no counterpart");
        }
        return pair;
    }

    private NdArray constant(String key) {
        NdArray value = constants.get(key);
        if (value == null) {
            throw new IllegalStateException("'" + key + "' has neither a counterpart nor a value");
        }
        return value;
    }

    private void check(Map<String, NdArray> state, List<String> known, String source) {
        state.forEach((key, array) -> {
            if (!known.contains(key)) {
                throw new Failure(source + ": '" + key + "' has no counterpart; " + theirNetwork);
            }
            NdArray constant = constants.get(key);
            if (constant != null && !same(array, constant)) {
                throw new Failure(source + ": '" + key
                        + "' is not the resampling kernel 1-3-3-1, the only one that both" + " programs have");
            }
        });
    }

    private static boolean same(NdArray a, NdArray b) {
        if (!Arrays.equals(a.shape(), b.shape())) {
            return false;
        }
        float[] x = a.toFloats();
        float[] y = b.toFloats();
        for (int i = 0; i < x.length; i++) {
            if (!(Math.abs(x[i] - y[i]) <= SAME)) {
                return false;
            }
        }
        return true;
    }

    private NdArray present(Map<String, NdArray> state, String key, String source) {
        NdArray made = state.containsKey(key) ? null : absent.value(key, state);
        return made == null ? required(state, key, source) : made;
    }

    private NdArray required(Map<String, NdArray> state, String key, String source) {
        NdArray array = state.get(key);
        if (array == null) {
            throw new Failure(source + ": '" + key + "' is missing; " + theirNetwork);
        }
        return array;
    }

    private static NdArray widened(NdArray array, Pair pair) {
        long[] own = array.shape();
        long[] shape = new long[pair.before + own.length + pair.behind];
        Arrays.fill(shape, 1);
        System.arraycopy(own, 0, shape, pair.before, own.length);
        return array.reshape(shape);
    }

    private static NdArray narrowed(NdArray array, Pair pair, String source) {
        long[] own = array.shape();
        int axes = own.length - pair.before - pair.behind;
        boolean fits = axes >= 0;
        for (int i = 0; fits && i < own.length; i++) {
            fits = own[i] == 1 || (i >= pair.before && i < pair.before + axes);
        }
        if (!fits) {
            throw new Failure(source + ": '" + pair.theirs + "' has the shape " + Arrays.toString(own) + ", but "
                    + pair.before + " axes before and " + pair.behind + " behind must be of length 1");
        }
        return array.reshape(Arrays.copyOfRange(own, pair.before, pair.before + axes));
    }
}
