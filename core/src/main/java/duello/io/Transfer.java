package duello.io;

import duello.catalog.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One file over HTTP into its {@code .part}, continued from where an earlier attempt ended. */
final class Transfer {
    private static final Logger LOG = LoggerFactory.getLogger(Transfer.class);
    private static final int ATTEMPTS = 4;
    private static final int PATIENCE_MILLIS = 60_000;

    private final Remote remote;
    private final Path part;
    private final DownloadProgress progress;

    Transfer(Remote remote, Path part, DownloadProgress progress) {
        this.remote = remote;
        this.part = part;
        this.progress = progress;
    }

    /**
     * Returns when the part has all bytes. A cut connection is taken up again a few times, as long as each attempt brought
     * something.
     */
    void run() throws IOException {
        if (length() > remote.bytes()) {
            Files.delete(part);
        }
        for (int attempt = 1; length() < remote.bytes(); attempt++) {
            long before = length();
            IOException cut = attempt();
            if (length() < remote.bytes() && (attempt == ATTEMPTS || length() <= before)) {
                throw new Failure("%s: the connection was cut after %d of %d bytes%s; run again to continue"
                        .formatted(remote.address(), length(), remote.bytes(), because(cut)));
            }
        }
    }

    private static String because(@org.jspecify.annotations.Nullable IOException cut) {
        return cut == null ? "" : " (" + Downloads.said(cut) + ")";
    }

    /** What cut the body off, or null; failing before a body is not worth another attempt and is thrown. */
    private @org.jspecify.annotations.Nullable IOException attempt() throws IOException {
        HttpURLConnection http = open(length());
        try {
            int status = http.getResponseCode();
            if (status == 416) {
                Files.deleteIfExists(part);
                throw new Failure(remote.address() + ": the server cannot continue; the part was removed, run again");
            }
            if (status != 200 && status != 206) {
                throw new Failure(
                        "%s: the server answers %d %s".formatted(remote.address(), status, http.getResponseMessage()));
            }
            boolean continued = status == 206 && startsAt(http, length());
            if (status == 206 && !continued) {
                throw new Failure(remote.address() + ": the server sent another range than was asked for");
            }
            try (InputStream body = http.getInputStream()) {
                append(body, continued);
                return null;
            } catch (IOException e) {
                LOG.debug("{} was cut", remote.address(), e);
                return e;
            }
        } finally {
            http.disconnect();
        }
    }

    private HttpURLConnection open(long from) throws IOException {
        URLConnection connection = remote.address().toURL().openConnection();
        if (!(connection instanceof HttpURLConnection http)) {
            throw new IOException("only http and https are fetched");
        }
        http.setConnectTimeout(PATIENCE_MILLIS);
        http.setReadTimeout(PATIENCE_MILLIS);
        http.setRequestProperty("User-Agent", "duello");
        http.setRequestProperty("Accept-Encoding", "identity");
        if (from > 0) {
            http.setRequestProperty("Range", "bytes=" + from + "-");
        }
        return http;
    }

    private static boolean startsAt(HttpURLConnection http, long from) {
        String range = http.getHeaderField("Content-Range");
        return range != null && range.startsWith("bytes " + from + "-");
    }

    private void append(InputStream body, boolean continued) throws IOException {
        StandardOpenOption how = continued ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
        long done = continued ? length() : 0;
        byte[] buffer = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how)) {
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                done += n;
                if (done > remote.bytes()) {
                    throw new Failure("%s: more comes than the %d bytes it should have; it is another file"
                            .formatted(remote.address(), remote.bytes()));
                }
                out.write(buffer, 0, n);
                progress.report(remote.fileName(), done, remote.bytes());
            }
        }
    }

    private long length() throws IOException {
        return Files.exists(part) ? Files.size(part) : 0;
    }
}
