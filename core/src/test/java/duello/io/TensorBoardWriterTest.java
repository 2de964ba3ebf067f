package duello.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decodes the file with a reader of its own: bitwise CRC, protobuf fields as a flat list. */
class TensorBoardWriterTest {
    private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000, 500_000_000);

    @TempDir
    Path folder;

    private record Field(int number, Object value) {}

    @Test
    void theChecksumIsCrc32cWithTheKnownAnswer() {
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
        assertThat(crc32c(digits)).isEqualTo(0xe3069283);
        int masked = ((0xe3069283 >>> 15) | (0xe3069283 << 17)) + 0xa282ead8;
        assertThat(TensorBoardWriter.maskedCrc(digits, digits.length)).isEqualTo(masked);
    }

    @Test
    void everyKindOfEventIsReadBack() throws IOException {
        byte[] png = {(byte) 0x89, 'P', 'N', 'G'};
        Path file;
        try (TensorBoardWriter writer = new TensorBoardWriter(folder, InstantSource.fixed(TIME))) {
            writer.scalar("loss/d", 300, 0.25);
            writer.image("samples", 1, png, 20, 10);
            writer.text("recipe", 2, "*über*");
            writer.histogram("weights", 3, 0, 1, 2, 3, Double.NaN);
            file = writer.file();
        }
        assertThat(file.getFileName().toString()).matches("events\\.out\\.tfevents\\.1700000000\\.[\\w-]+\\.\\d+\\.0");

        List<byte[]> records = records(file);
        assertThat(records).hasSize(5);
        assertThat(bytes(records.get(0), 3)).asString(StandardCharsets.UTF_8).isEqualTo("brain.Event:2");
        assertThat(only(records.get(1), 1)).isEqualTo(1_700_000_000.5);
        assertThat(only(records.get(1), 2)).isEqualTo(300L);

        byte[] scalar = bytes(records.get(1), 5, 1);
        assertThat(bytes(scalar, 1)).asString(StandardCharsets.UTF_8).isEqualTo("loss/d");
        assertThat(only(scalar, 2)).isEqualTo(0.25f);

        byte[] image = bytes(records.get(2), 5, 1, 4);
        assertThat(only(image, 1)).as("height").isEqualTo(10L);
        assertThat(only(image, 2)).as("width").isEqualTo(20L);
        assertThat(bytes(image, 4)).isEqualTo(png);

        byte[] text = bytes(records.get(3), 5, 1);
        assertThat(only(bytes(text, 8), 1)).as("a tensor of strings").isEqualTo(7L);
        assertThat(bytes(text, 8, 8)).asString(StandardCharsets.UTF_8).isEqualTo("*über*");
        assertThat(bytes(text, 9, 1, 1)).asString(StandardCharsets.UTF_8).isEqualTo("text");

        byte[] histogram = bytes(records.get(4), 5, 1, 5);
        double[] summary = {0, 3, 4, 6, 14};
        for (int field = 1; field <= 5; field++) {
            assertThat(only(histogram, field)).isEqualTo(summary[field - 1]);
        }
        double[] limits = doubles(bytes(histogram, 6));
        double[] counts = doubles(bytes(histogram, 7));
        assertThat(limits).hasSize(30).isSorted().endsWith(3.0);
        assertThat(counts).hasSize(30);
        assertThat(Arrays.stream(counts).sum()).isEqualTo(4);
        assertThat(counts[0]).isEqualTo(1);
        assertThat(counts[29]).isEqualTo(1);
    }

    @Test
    void valuesThatAreAllEqualOrAbsentStillMakeAHistogram() {
        assertThat(Histogram.of(2, 2).counts()).containsExactly(2);
        assertThat(Histogram.of(Double.NaN).counts()).containsExactly(0);
        assertThat(Histogram.of(-Double.MAX_VALUE, Double.MAX_VALUE).limits())
                .isSorted()
                .doesNotContain(Double.NaN);
    }

    @Test
    void twoWritersOfTheSameSecondHaveTheirOwnFiles() {
        try (TensorBoardWriter one = new TensorBoardWriter(folder, InstantSource.fixed(TIME));
                TensorBoardWriter two = new TensorBoardWriter(folder, InstantSource.fixed(TIME))) {
            assertThat(one.file()).isNotEqualTo(two.file());
        }
    }

    @Test
    void whatIsFlushedIsThere() throws IOException {
        try (TensorBoardWriter writer = new TensorBoardWriter(folder)) {
            writer.scalar("a", 1, 1);
            writer.flush();
            assertThat(records(writer.file())).hasSize(2);
        }
    }

    private static List<byte[]> records(Path file) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<byte[]> records = new ArrayList<>();
        while (in.hasRemaining()) {
            byte[] length = new byte[8];
            in.get(length);
            assertThat(in.getInt()).isEqualTo(masked(length));
            byte[] data = new byte
                    [(int) ByteBuffer.wrap(length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong()];
            in.get(data);
            assertThat(in.getInt()).isEqualTo(masked(data));
            records.add(data);
        }
        return records;
    }

    private static List<Field> fields(byte[] message) {
        ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        List<Field> fields = new ArrayList<>();
        while (in.hasRemaining()) {
            long tag = varint(in);
            Object value = switch ((int) (tag & 7)) {
                case 0 -> (Object) varint(in);
                case 1 -> (Object) in.getDouble();
                case 5 -> (Object) in.getFloat();
                case 2 -> {
                    byte[] bytes = new byte[(int) varint(in)];
                    in.get(bytes);
                    yield bytes;
                }
                default -> throw new AssertionError("wire type of tag " + tag);
            };
            fields.add(new Field((int) (tag >> 3), value));
        }
        return fields;
    }

    private static Object only(byte[] message, int number) {
        List<Field> found =
                fields(message).stream().filter(field -> field.number == number).toList();
        assertThat(found).as("field %d", number).hasSize(1);
        return found.get(0).value;
    }

    private static byte[] bytes(byte[] message, int... path) {
        byte[] inner = message;
        for (int number : path) {
            inner = (byte[]) only(inner, number);
        }
        return inner;
    }

    private static double[] doubles(byte[] packed) {
        double[] values = new double[packed.length / 8];
        ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
        return values;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private static int masked(byte[] bytes) {
        int crc = crc32c(bytes);
        return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
    }

    /** CRC-32C bit by bit from its reversed polynomial. */
    private static int crc32c(byte[] bytes) {
        int crc = -1;
        for (byte b : bytes) {
            crc ^= b & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc >>> 1) ^ (0x82f63b78 & -(crc & 1));
            }
        }
        return ~crc;
    }
}
