package duello.metric;

import duello.io.Json;
import duello.torch.Ops;
import duello.torch.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.Tensor;
import tools.jackson.databind.JsonNode;

/** Numbers of the published implementations; {@code -Dduello.golden.eval=DIR} names a fuller folder of them. */
final class GoldenEval {
    private static final Pattern HEADER =
            Pattern.compile("'descr': '[<|](\\w\\d)', 'fortran_order': False, 'shape': \\(([\\d, ]*)\\)");

    private GoldenEval() {}

    static Path file(String name) {
        String given = System.getProperty("duello.golden.eval");
        if (given != null && !given.isBlank()) {
            return Path.of(given).resolve(name);
        }
        URL resource = GoldenEval.class.getResource("/golden-eval/" + name);
        if (resource == null) {
            throw new IllegalStateException("golden-eval/" + name + " is not among the test resources");
        }
        try {
            return Path.of(resource.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static JsonNode json(String name) {
        return Json.read(file(name));
    }

    /** A number by its path, such as {@code fid/nuclear_norm_f64}. */
    static double number(String name, String path) {
        JsonNode node = json(name).at("/" + path);
        if (!node.isNumber()) {
            throw new IllegalStateException(name + " has no number at " + path);
        }
        return node.doubleValue();
    }

    /** A matrix of an npy file, float64 and kept. */
    static Tensor matrix(String name) {
        Npy npy = Npy.of(file(name));
        return Scope.keep(Ops.tensor(npy.values, npy.shape));
    }

    static int[] integers(String name) {
        return Arrays.stream(Npy.of(file(name)).values).mapToInt(v -> (int) v).toArray();
    }

    /** A reader of its own, so that a mistake in the product's does not hide one in the scores. */
    private record Npy(double[] values, long[] shape) {
        static Npy of(Path file) {
            try {
                ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
                int length = bytes.getShort(8);
                Matcher header = HEADER.matcher(new String(bytes.array(), 10, length, StandardCharsets.US_ASCII));
                if (!header.find()) {
                    throw new IllegalStateException(file + " has an unexpected header");
                }
                long[] shape = Arrays.stream(header.group(2).split(",\\s*"))
                        .mapToLong(Long::parseLong)
                        .toArray();
                double[] values = new double[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
                bytes.position(10 + length);
                for (int i = 0; i < values.length; i++) {
                    values[i] = switch (header.group(1)) {
                        case "f4" -> bytes.getFloat();
                        case "f8" -> bytes.getDouble();
                        case "i4" -> bytes.getInt();
                        case "i8" -> bytes.getLong();
                        default -> throw new IllegalStateException(header.group(1));
                    };
                }
                return new Npy(values, shape);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
