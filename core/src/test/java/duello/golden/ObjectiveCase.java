package duello.golden;

import duello.torch.Ops;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import tools.jackson.databind.JsonNode;

/** One case of the file of formulas: inputs and expected numbers, all in float64. */
record ObjectiveCase(JsonNode node) {
    String name() {
        return node.path("name").asString();
    }

    /** An input of floating numbers, float64. */
    Tensor input(String key) {
        return tensor(required("inputs", key));
    }

    /** An input that gradients are taken for. */
    Tensor leaf(String key) {
        return input(key).requires_grad_(true);
    }

    /** An input of whole numbers, int64. */
    Tensor whole(String key) {
        return input(key).to(ScalarType.Long);
    }

    double parameter(String key) {
        return required("parameters", key).asDouble();
    }

    String text(String key) {
        return required("parameters", key).asString();
    }

    JsonNode inputs() {
        return node.path("inputs");
    }

    private JsonNode required(String part, String key) {
        JsonNode value = node.path(part).path(key);
        if (value.isMissingNode()) {
            throw new AssertionError(name() + " has no " + part + "." + key);
        }
        return value;
    }

    /** Every expected array or number by its dotted path. */
    Map<String, double[]> expected() {
        Map<String, double[]> all = new LinkedHashMap<>();
        collect("", node.path("expected"), all);
        return all;
    }

    private static void collect(String path, JsonNode at, Map<String, double[]> into) {
        if (at.isObject()) {
            at.properties().forEach(e -> collect(path + "." + e.getKey(), e.getValue(), into));
        } else if (at.isArray() && at.path(0).isObject()) {
            for (int i = 0; i < at.size(); i++) {
                collect(path + "." + i, at.path(i), into);
            }
        } else {
            into.put(path.substring(1), numbers(at));
        }
    }

    /** A nested list of numbers as a float64 tensor of its shape. */
    static Tensor tensor(JsonNode at) {
        List<Long> shape = new ArrayList<>();
        for (JsonNode level = at; level.isArray(); level = level.path(0)) {
            shape.add((long) level.size());
        }
        return Ops.tensor(numbers(at), shape.stream().mapToLong(n -> n).toArray());
    }

    private static double[] numbers(JsonNode at) {
        List<Double> flat = new ArrayList<>();
        flatten(at, flat);
        return flat.stream().mapToDouble(v -> v).toArray();
    }

    private static void flatten(JsonNode at, List<Double> into) {
        if (at.isArray()) {
            at.forEach(child -> flatten(child, into));
        } else if (at.isNumber()) {
            into.add(at.asDouble());
        } else if (at.asString("").equals("N/A")) {
            into.add(0.0);
        } else if (at.isBoolean()) {
            into.add(at.asBoolean() ? 1.0 : 0.0);
        } else {
            throw new AssertionError("not a number: " + at);
        }
    }
}
