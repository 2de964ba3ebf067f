package duello.io;

import duello.catalog.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON files, read strictly: an unknown, missing or repeated key, a value of another type, and anything after the end
 * are failures that name file, line and column. Not-a-number and infinities are written as strings and read back.
 */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            .build();

    private Json() {}

    /**
     * Reads a file as a record (or map, list, ...).
     *
     * @throws Failure if it cannot be read or is not what the type asks for: {@code file:line:column  what is wrong}
     */
    public static <T> T read(Path file, Class<T> type) {
        return parse(text(file), type, file.toString());
    }

    /** Reads a file as a tree; see {@link #read(Path, Class)}. */
    public static JsonNode read(Path file) {
        return read(file, JsonNode.class);
    }

    /**
     * Reads a text; see {@link #read(Path, Class)}.
     *
     * @param where what to call the text in a failure, usually its file
     */
    public static <T> T parse(String text, Class<T> type, String where) {
        return parseLine(text, type, where, 1);
    }

    /** Reads a part of a file that begins at a line, counted from 1. */
    static <T> T parseLine(String text, Class<T> type, String where, int line) {
        try {
            T value = MAPPER.readValue(text, type);
            if (value == null) {
                throw new Failure(where + ":" + line + ":1  an object is expected, not null");
            }
            return value;
        } catch (JacksonException e) {
            throw failure(e, text, where + ":", line - 1);
        }
    }

    /** A value as indented JSON, ending in a newline. */
    public static String pretty(Object value) {
        return MAPPER.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value) + "\n";
    }

    /** A value as JSON on a single line, without a newline. */
    public static String line(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** Writes a value as an indented JSON file, whole or not at all; see {@link AtomicFiles}. */
    public static void write(Path file, Object value) {
        AtomicFiles.write(file, pretty(value).getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw IoFailures.reading(file, e);
        }
    }

    private static Failure failure(JacksonException cause, String text, String where, int linesBefore) {
        TokenStreamLocation at = cause.getLocation();
        if (at == null || at.getLineNr() < 1) {
            at = locate(text, pointer(cause));
        }
        String place = where + (linesBefore + at.getLineNr()) + ":" + at.getColumnNr() + "  ";
        if (cause instanceof UnrecognizedPropertyException unknown) {
            return new Failure(
                    place + "unknown key '" + unknown.getPropertyName() + "'; known are "
                            + unknown.getKnownPropertyIds(),
                    cause);
        }
        String said =
                String.valueOf(cause.getOriginalMessage()).lines().findFirst().orElse("not JSON");
        return new Failure(place + said, cause);
    }

    private static JsonPointer pointer(JacksonException cause) {
        JsonPointer pointer = JsonPointer.empty();
        for (JacksonException.Reference step : cause.getPath()) {
            pointer = step.getPropertyName() == null
                    ? pointer.appendIndex(Math.max(0, step.getIndex()))
                    : pointer.appendProperty(step.getPropertyName());
        }
        return pointer;
    }

    /** Where a value stands in a text; the binding forgets this for keys that it sets aside. */
    private static TokenStreamLocation locate(String text, JsonPointer pointer) {
        try (JsonParser parser = MAPPER.createParser(text)) {
            while (parser.nextToken() != null) {
                if (parser.streamReadContext().pathAsPointer().equals(pointer)) {
                    return parser.currentTokenLocation();
                }
            }
            return parser.currentLocation();
        }
    }
}
