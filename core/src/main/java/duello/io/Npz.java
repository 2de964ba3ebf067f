package duello.io;

import duello.catalog.Failure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** NumPy's npz: a zip file of {@code <name>.npy}, stored or deflated. */
public final class Npz {
    private static final String SUFFIX = ".npy";
    private static final long DEFAULT_LIMIT = 2L << 30;
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private Npz() {}

    /** Reads all arrays, at most 2 GiB in all; see {@link #read(Path, long)}. */
    public static Map<String, NdArray> read(Path file) {
        return read(file, DEFAULT_LIMIT);
    }

    /**
     * Reads all arrays in the order of the file, names without {@code .npy}; other entries are passed over.
     *
     * @param limit how many bytes all arrays together may take once inflated
     * @throws Failure if the file or an array is damaged, an array of an unsupported type, or the limit exceeded
     */
    public static Map<String, NdArray> read(Path file, long limit) {
        LinkedHashMap<String, NdArray> arrays = new LinkedHashMap<>();
        long left = limit;
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (!entry.getName().endsWith(SUFFIX)) {
                    continue;
                }
                String name = entry.getName().substring(0, entry.getName().length() - SUFFIX.length());
                try (InputStream in = new BufferedInputStream(zip.getInputStream(entry))) {
                    NdArray array = new NpyReader(in, file + " array '" + name + "'").read(left);
                    left -= array.data().remaining();
                    if (arrays.put(name, array) != null) {
                        throw new Failure(file + ": it holds the array '" + name + "' twice");
                    }
                }
            }
        } catch (ZipException e) {
            throw new Failure(file + ": it is not a readable npz (zip) file; it is damaged or of another format", e);
        } catch (IOException e) {
            throw IoFailures.reading(file, e);
        }
        return arrays;
    }

    /** Writes arrays deflated, whole or not at all; the same arrays always give the same bytes. */
    public static void write(Path file, Map<String, NdArray> arrays) {
        AtomicFiles.write(file, out -> write(out, arrays));
    }

    private static void write(OutputStream out, Map<String, NdArray> arrays) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        for (Map.Entry<String, NdArray> array : arrays.entrySet()) {
            ZipEntry entry = new ZipEntry(array.getKey() + SUFFIX);
            entry.setTimeLocal(NO_TIME);
            zip.putNextEntry(entry);
            Npy.write(zip, array.getValue());
            zip.closeEntry();
        }
        zip.finish();
    }
}
