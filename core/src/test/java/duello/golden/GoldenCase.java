package duello.golden;

import duello.io.Json;
import duello.torch.Ops;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.bytedeco.pytorch.Tensor;
import tools.jackson.databind.JsonNode;

/** A case of a file of golden numbers, or a part of one. */
public record GoldenCase(JsonNode node) {
    /** A case of self-supervision. */
    public static GoldenCase selfSupervision(String name) {
        return of("self-supervision-golden.json", name);
    }

    /** A case of adaptation to a few images. */
    public static GoldenCase fewShot(String name) {
        return of("few-shot-golden.json", name);
    }

    private static GoldenCase of(String file, String name) {
        URL resource = GoldenCase.class.getResource("/golden/" + file);
        if (resource == null) {
            throw new IllegalStateException(file + " is not among the test resources");
        }
        try {
            return new GoldenCase(Json.read(Path.of(resource.toURI())).path("cases")).at(name);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What stands under a name; it must be there. */
    public GoldenCase at(String name) {
        JsonNode found = node.path(name);
        if (found.isMissingNode()) {
            throw new AssertionError("there is no '" + name + "'");
        }
        return new GoldenCase(found);
    }

    public List<GoldenCase> items() {
        return StreamSupport.stream(node.spliterator(), false)
                .map(GoldenCase::new)
                .toList();
    }

    public double number() {
        return node.asDouble();
    }

    public int whole() {
        return node.asInt();
    }

    /** Every number of nested lists, in order. */
    public double[] numbers() {
        List<Double> all = new ArrayList<>();
        collect(node, all);
        return all.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static void collect(JsonNode n, List<Double> into) {
        if (n.isArray()) {
            n.forEach(item -> collect(item, into));
        } else {
            into.add(n.asDouble());
        }
    }

    public int[] wholes() {
        double[] numbers = numbers();
        int[] wholes = new int[numbers.length];
        for (int i = 0; i < wholes.length; i++) {
            wholes[i] = (int) numbers[i];
        }
        return wholes;
    }

    public int[][] rows() {
        return items().stream().map(GoldenCase::wholes).toArray(int[][]::new);
    }

    /** float64, of the lists' shape. */
    public Tensor tensor() {
        List<Long> shape = new ArrayList<>();
        for (JsonNode n = node; n.isArray(); n = n.get(0)) {
            shape.add((long) n.size());
        }
        return Ops.tensor(numbers(), shape.stream().mapToLong(Long::longValue).toArray());
    }

    /** Lists of rows as a batch of one image of one channel. */
    public Tensor image() {
        return tensor().unsqueeze(0).unsqueeze(0);
    }

    /** int64. */
    public Tensor labels() {
        double[] numbers = numbers();
        long[] labels = new long[numbers.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (long) numbers[i];
        }
        return Ops.tensor(labels, labels.length);
    }
}
