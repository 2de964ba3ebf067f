package duello.metric;

import duello.io.NdArray;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The names of NVIDIA's TorchScript port of the FID Inception, {@code layers.mixed.tower.conv.beta}, turned into those of
 * the other ports, {@code Mixed_5b.branch5x5_1.bn.bias}. Its normalisation has no scale, which is 1 in the others.
 */
final class InceptionNames {
    private static final String TABLE = "inception-torchscript.csv";
    private static final String THEIR_OUTPUT = "output.";
    private static final Map<String, String> PARTS =
            Map.of("weight", "conv.weight", "beta", "bn.bias", "mean", "bn.running_mean", "var", "bn.running_var");

    private InceptionNames() {}

    /** The arrays by the names of {@link InceptionNet}; those that already have them, and unknown names, stay. */
    static Map<String, NdArray> ours(Map<String, NdArray> arrays) {
        Map<String, String> convolutions = convolutions();
        Map<String, NdArray> ours = new LinkedHashMap<>();
        arrays.forEach((name, array) -> {
            int dot = name.lastIndexOf('.');
            String convolution = convolutions.get(name.substring(0, Math.max(0, dot)));
            String part = PARTS.get(name.substring(dot + 1));
            if (convolution == null || part == null) {
                ours.put(name.startsWith(THEIR_OUTPUT) ? "fc." + name.substring(THEIR_OUTPUT.length()) : name, array);
                return;
            }
            ours.put(convolution + "." + part, array);
            if (part.equals("bn.bias")) {
                ours.put(convolution + ".bn.weight", ones(array.shape()));
            }
        });
        return ours;
    }

    private static NdArray ones(long... shape) {
        float[] ones = new float[Math.toIntExact(shape[0])];
        Arrays.fill(ones, 1);
        return NdArray.of(ones, shape);
    }

    /** Their module to ours. */
    private static Map<String, String> convolutions() {
        try (InputStream in = Objects.requireNonNull(InceptionNames.class.getResourceAsStream(TABLE), TABLE)) {
            Map<String, String> names = new LinkedHashMap<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\\R")) {
                String[] pair = line.split(",");
                names.put(pair[1], pair[0]);
            }
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
