package duello.method.pretext;

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

/** A case of the golden numbers of self-supervision. */
record SelfSupervisionCase(JsonNode node) {
    static SelfSupervisionCase of(String name) {
        URL resource = SelfSupervisionCase.class.getResource("/golden/self-supervision-golden.json");
        if (resource == null) {
            throw new IllegalStateException("the golden numbers are not among the test resources");
        }
        try {
            return new SelfSupervisionCase(Json.read(Path.of(resource.toURI())).path("cases")).at(name);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What stands under a name; it must be there. */
    SelfSupervisionCase at(String name) {
        JsonNode found = node.path(name);
        if (found.isMissingNode()) {
            throw new AssertionError("there is no '" + name + "'");
        }
        return new SelfSupervisionCase(found);
    }

    List<SelfSupervisionCase> items() {
        return StreamSupport.stream(node.spliterator(), false)
                .map(SelfSupervisionCase::new)
                .toList();
    }

    double number() {
        return node.asDouble();
    }

    int whole() {
        return node.asInt();
    }

    /** Every number of nested lists, in order. */
    double[] numbers() {
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

    int[] wholes() {
        double[] numbers = numbers();
        int[] wholes = new int[numbers.length];
        for (int i = 0; i < wholes.length; i++) {
            wholes[i] = (int) numbers[i];
        }
        return wholes;
    }

    int[][] rows() {
        return items().stream().map(SelfSupervisionCase::wholes).toArray(int[][]::new);
    }

    /** float64, of the lists' shape. */
    Tensor tensor() {
        List<Long> shape = new ArrayList<>();
        for (JsonNode n = node; n.isArray(); n = n.get(0)) {
            shape.add((long) n.size());
        }
        return Ops.tensor(numbers(), shape.stream().mapToLong(Long::longValue).toArray());
    }

    /** Lists of rows as a batch of one image of one channel. */
    Tensor image() {
        return tensor().unsqueeze(0).unsqueeze(0);
    }

    /** int64. */
    Tensor labels() {
        double[] numbers = numbers();
        long[] labels = new long[numbers.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (long) numbers[i];
        }
        return Ops.tensor(labels, labels.length);
    }
}
