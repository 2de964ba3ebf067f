package duello.io;

import java.net.URI;
import java.util.Locale;

/**
 * A published file, known by its checksum: wherever it is fetched from, it is the same file.
 *
 * @param address where it is published, http or https
 * @param fileName what it is called here; no folders
 * @param bytes its exact size
 * @param algorithm of the checksum, as Java names it: {@code SHA-256} or, where nothing better is published, {@code MD5}
 * @param checksum in hexadecimal
 */
public record Remote(URI address, String fileName, long bytes, String algorithm, String checksum) {
    public Remote {
        if (!fileName.matches("[A-Za-z0-9][A-Za-z0-9._-]*") || bytes < 1) {
            throw new IllegalArgumentException("'" + fileName + "' of " + bytes + " bytes cannot be fetched");
        }
        checksum = checksum.toLowerCase(Locale.ROOT);
    }
}
