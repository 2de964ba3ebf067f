package duello.io;

import duello.catalog.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Reads one safetensors file; believes nothing that the header says before it is checked against the file. */
final class SafeTensorsReader {
    private final Path file;
    private final MappedFile mapped;

    private record Tensor(String name, DType dtype, long[] shape, long begin, long end) {}

    SafeTensorsReader(Path file, MappedFile mapped) {
        this.file = file;
        this.mapped = mapped;
    }

    SafeTensors.Contents read() throws IOException {
        if (mapped.size() < 8) {
            throw broken("truncated at byte " + mapped.size() + ", before the end of the header length");
        }
        long length = mapped.slice(0, 8).getLong(0);
        if (length < 2 || length > SafeTensors.MAX_HEADER) {
            throw broken("not a safetensors file: it claims a header of " + Long.toUnsignedString(length) + " bytes");
        }
        if (length > mapped.size() - 8) {
            throw broken("truncated at byte " + mapped.size() + ", the header ends at " + (8 + length));
        }
        JsonNode header = header(mapped.slice(8, length));
        Map<String, String> metadata = new LinkedHashMap<>();
        List<Tensor> tensors = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : header.properties()) {
            if (entry.getKey().equals(SafeTensors.METADATA)) {
                readMetadata(entry.getValue(), metadata);
            } else {
                tensors.add(tensor(entry.getKey(), entry.getValue()));
            }
        }
        checkLayout(tensors, 8 + length);
        return new SafeTensors.Contents(metadata, arrays(tensors, 8 + length));
    }

    private JsonNode header(ByteBuffer bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new Failure(file + ": the safetensors header is not UTF-8 text; the file is damaged", e);
        }
        JsonNode header = Json.parse(text, JsonNode.class, file + ": safetensors header");
        if (!header.isObject()) {
            throw broken("the header is not a JSON object");
        }
        return header;
    }

    private void readMetadata(JsonNode node, Map<String, String> metadata) {
        if (!node.isObject()) {
            throw broken("__metadata__ is not a JSON object");
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (!entry.getValue().isString()) {
                throw broken("__metadata__ '" + entry.getKey() + "' is not a string");
            }
            metadata.put(entry.getKey(), entry.getValue().stringValue());
        }
    }

    private Tensor tensor(String name, JsonNode node) {
        if (!node.isObject() || node.size() != 3) {
            throw broken(name, "must have exactly dtype, shape and data_offsets");
        }
        DType dtype = dtype(name, node.path("dtype"));
        long[] shape = wholeNumbers(name, "shape", node.path("shape"));
        long[] offsets = wholeNumbers(name, "data_offsets", node.path("data_offsets"));
        if (offsets.length != 2 || offsets[0] > offsets[1]) {
            throw broken(name, "data_offsets must be [begin, end]");
        }
        long bytes;
        try {
            bytes = dtype.byteCount(shape);
        } catch (ArithmeticException e) {
            throw new Failure(file + ": tensor '" + name + "' has an impossible shape; the file is damaged", e);
        }
        if (bytes != offsets[1] - offsets[0]) {
            throw broken(
                    name, "takes " + bytes + " bytes by its shape, but its offsets give " + (offsets[1] - offsets[0]));
        }
        if (bytes > Integer.MAX_VALUE) {
            throw new Failure(file + ": tensor '" + name + "' is larger than 2 GiB, which is not supported");
        }
        return new Tensor(name, dtype, shape, offsets[0], offsets[1]);
    }

    private DType dtype(String name, JsonNode node) {
        String text = node.asString("");
        for (DType dtype : DType.values()) {
            if (dtype.name().equals(text)) {
                return dtype;
            }
        }
        throw new Failure(file + ": tensor '" + name + "' has the element type '" + text
                + "', which is not supported; convert it to one of " + List.of(DType.values()));
    }

    private long[] wholeNumbers(String name, String key, JsonNode node) {
        if (!node.isArray()) {
            throw broken(name, key + " is not a list");
        }
        long[] numbers = new long[node.size()];
        for (int i = 0; i < numbers.length; i++) {
            JsonNode number = node.get(i);
            if (number == null || !number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 0) {
                throw broken(name, key + " holds something that is not a natural number");
            }
            numbers[i] = number.longValue();
        }
        return numbers;
    }

    /** Every byte of the data belongs to exactly one tensor, as the format demands. */
    private void checkLayout(List<Tensor> tensors, long dataStart) {
        List<Tensor> sorted = new ArrayList<>(tensors);
        sorted.sort(Comparator.comparingLong(Tensor::begin).thenComparingLong(Tensor::end));
        long available = mapped.size() - dataStart;
        long covered = 0;
        for (Tensor tensor : sorted) {
            if (tensor.begin < covered) {
                throw broken(tensor.name, "overlaps another one");
            }
            if (tensor.begin > covered) {
                throw broken(tensor.name, "leaves a gap of " + (tensor.begin - covered) + " bytes before it");
            }
            if (tensor.end > available) {
                throw broken("truncated at byte " + mapped.size() + ", tensor '" + tensor.name + "' ends at "
                        + (dataStart + tensor.end));
            }
            covered = tensor.end;
        }
        if (covered != available) {
            throw broken((available - covered) + " bytes after the last tensor belong to none");
        }
    }

    private LinkedHashMap<String, NdArray> arrays(List<Tensor> tensors, long dataStart) throws IOException {
        LinkedHashMap<String, NdArray> arrays = new LinkedHashMap<>();
        for (Tensor tensor : tensors) {
            ByteBuffer data = mapped.slice(dataStart + tensor.begin, tensor.end - tensor.begin);
            arrays.put(tensor.name, NdArray.wrap(tensor.dtype, data, tensor.shape));
        }
        return arrays;
    }

    private Failure broken(String name, String what) {
        return broken("tensor '" + name + "' " + what);
    }

    private Failure broken(String what) {
        return new Failure(file + ": " + what + "; the file is damaged, fetch or write it again");
    }
}
