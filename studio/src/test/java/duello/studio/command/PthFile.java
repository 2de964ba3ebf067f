package duello.studio.command;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Archives as {@code torch.save} makes them, or as somebody with bad intentions would. */
final class PthFile {
    private PthFile() {}

    /** An archive of a pickle and storages, packed or not. */
    static void archive(Path file, byte[] pickle, List<byte[]> storages, int method) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            entry(zip, "archive/data.pkl", pickle, method);
            for (int i = 0; i < storages.size(); i++) {
                entry(zip, "archive/data/" + i, storages.get(i), method);
            }
        }
    }

    private static void entry(ZipOutputStream zip, String name, byte[] bytes, int method) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(method);
        if (method == ZipEntry.STORED) {
            CRC32 crc = new CRC32();
            crc.update(bytes);
            entry.setSize(bytes.length);
            entry.setCrc(crc.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }
}
