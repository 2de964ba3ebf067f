package duello.io;

import duello.catalog.Failure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * NumPy's npy format, versions 1 to 3: {@code \x93NUMPY}, version, header length, a Python literal of a dictionary
 * (descr, fortran_order, shape), raw data. Source: NumPy Enhancement Proposal 1 and {@code numpy.lib.format}.
 */
public final class Npy {
    static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int ALIGNMENT = 64;
    private static final int PREFIX = MAGIC.length + 4;

    private Npy() {}

    /**
     * Reads a file of little-endian f2, f4, f8, i1, i2, i4, i8, u1 or b1 in C or Fortran order; the array is in C order.
     *
     * @throws Failure if the file is cut short, damaged, of another element type, or holds Python objects
     */
    public static NdArray read(Path file) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return new NpyReader(in, file.toString()).read(Files.size(file));
        } catch (IOException e) {
            throw IoFailures.reading(file, e);
        }
    }

    /** Writes a file, whole or not at all; see {@link #write(OutputStream, NdArray)}. */
    public static void write(Path file, NdArray array) {
        AtomicFiles.write(file, out -> write(out, array));
    }

    /**
     * Writes version 1 in C order to a stream, which stays open.
     *
     * @throws IllegalArgumentException if the type is BF16, which NumPy does not know
     */
    public static void write(OutputStream out, NdArray array) throws IOException {
        String axes = Arrays.stream(array.shape()).mapToObj(axis -> axis + ",").collect(Collectors.joining(" "));
        String text = "{'descr': '" + descr(array.dtype()) + "', 'fortran_order': False, 'shape': (" + axes + "), }";
        int padding = Math.floorMod(-(PREFIX + text.length() + 1), ALIGNMENT);
        byte[] header = (text + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
        out.write(MAGIC);
        out.write(new byte[] {1, 0, (byte) header.length, (byte) (header.length >> 8)});
        out.write(header);
        WritableByteChannel channel = Channels.newChannel(out);
        var data = array.data();
        while (data.hasRemaining()) {
            channel.write(data);
        }
    }

    private static String descr(DType dtype) {
        return switch (dtype) {
            case F16 -> "<f2";
            case F32 -> "<f4";
            case F64 -> "<f8";
            case I8 -> "|i1";
            case U8 -> "|u1";
            case I16 -> "<i2";
            case I32 -> "<i4";
            case I64 -> "<i8";
            case BOOL -> "|b1";
            case BF16 -> throw new IllegalArgumentException("NumPy has no bfloat16; convert the array to F32 first");
        };
    }
}
