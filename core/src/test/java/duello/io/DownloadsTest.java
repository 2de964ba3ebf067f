package duello.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import duello.catalog.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadsTest {
    private final byte[] content = new byte[300_000];
    private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    Path folder;

    private HttpServer server;
    private int cutAfter = Integer.MAX_VALUE;
    private boolean understandsRanges = true;

    @BeforeEach
    void serve() throws IOException {
        new Random(5).nextBytes(content);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/file.bin", this::answer);
        server.createContext("/gone.bin", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aFileIsFetchedOnceAndProgressReachesItsSize() throws Exception {
        List<Long> seen = new ArrayList<>();
        Downloads downloads = new Downloads(folder.resolve("new"), false, (file, done, total) -> seen.add(done));
        Path file = downloads.fetch(remote("file.bin"));
        assertThat(Files.readAllBytes(file)).isEqualTo(content);
        assertThat(seen).isSorted().endsWith((long) content.length);
        assertThat(downloads.fetch(remote("file.bin"))).isEqualTo(file);
        assertThat(ranges).hasSize(1);
        assertThat(file.resolveSibling("file.bin.part")).doesNotExist();
    }

    @Test
    void aCutConnectionIsContinuedWhereItEnded() throws Exception {
        cutAfter = 100_000;
        assertThat(Files.readAllBytes(fetch("file.bin"))).isEqualTo(content);
        assertThat(ranges).hasSizeGreaterThan(2).startsWith("none");
        assertThat(ranges.get(1)).startsWith("bytes=").isNotEqualTo("bytes=0-");
    }

    @Test
    void aServerThatKeepsCuttingLeavesAPartForTheNextRun() throws Exception {
        cutAfter = 40_000;
        assertThatThrownBy(() -> fetch("file.bin"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("run again to continue");
        long had = Files.size(folder.resolve("file.bin.part"));
        assertThat(had).isBetween(40_000L, 299_999L);
        cutAfter = Integer.MAX_VALUE;
        assertThat(Files.readAllBytes(fetch("file.bin"))).isEqualTo(content);
        assertThat(ranges.get(ranges.size() - 1)).isEqualTo("bytes=" + had + "-");
    }

    @Test
    void aServerWithoutRangesIsReadFromTheStart() throws Exception {
        Files.write(folder.resolve("file.bin.part"), Arrays.copyOf(content, 1000));
        understandsRanges = false;
        assertThat(Files.readAllBytes(fetch("file.bin"))).isEqualTo(content);
    }

    @Test
    void aWrongChecksumIsRefusedAndNothingStays() throws Exception {
        Remote real = remote("file.bin");
        Remote wrong = new Remote(real.address(), "file.bin", real.bytes(), "SHA-256", "00".repeat(32));
        assertThatThrownBy(() -> new Downloads(folder, false, DownloadProgress.SILENT).fetch(wrong))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("SHA-256 is " + real.checksum());
        assertThat(folder.resolve("file.bin")).doesNotExist();
        assertThat(folder.resolve("file.bin.part")).doesNotExist();
    }

    @Test
    void aSpoiltPartDoesNotSurviveItsChecksum() throws Exception {
        Files.write(folder.resolve("file.bin.part"), new byte[1000]);
        assertThatThrownBy(() -> fetch("file.bin")).isInstanceOf(Failure.class).hasMessageContaining("try again");
        assertThat(Files.readAllBytes(fetch("file.bin"))).isEqualTo(content);
    }

    @Test
    void moreBytesThanPublishedAreRefused() throws Exception {
        Remote real = remote("file.bin");
        Remote small = new Remote(real.address(), "file.bin", 1000, "SHA-256", real.checksum());
        assertThatThrownBy(() -> new Downloads(folder, false, DownloadProgress.SILENT).fetch(small))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("another file");
    }

    @Test
    void whatTheServerAnswersIsSaid() {
        assertThatThrownBy(() -> fetch("gone.bin"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("gone.bin: the server answers 404");
    }

    @Test
    void offlineNamesTheAddressAndThePlace() {
        assertThatThrownBy(() -> new Downloads(folder, true, DownloadProgress.SILENT).fetch(remote("file.bin")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("/file.bin")
                .hasMessageContaining(folder.resolve("file.bin").toString());
        assertThat(ranges).isEmpty();
    }

    @Test
    void theEnvironmentSaysWhereAndWhether() {
        Downloads stays =
                Downloads.of(Map.of("DUELLO_CACHE", folder.toString(), "DUELLO_OFFLINE", "1"), DownloadProgress.SILENT);
        assertThatThrownBy(() -> stays.fetch(remote("file.bin"))).hasMessageContaining(folder.toString());
    }

    @Test
    void twoThreadsDoNotWriteOneFile() throws Exception {
        try (FileChannel channel = FileChannel.open(
                        folder.resolve("file.bin.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = channel.lock()) {
            assertThat(held.isValid()).isTrue();
            assertThatThrownBy(() -> fetch("file.bin"))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("already");
        }
    }

    private Path fetch(String name) throws Exception {
        return new Downloads(folder, false, DownloadProgress.SILENT).fetch(remote(name));
    }

    private Remote remote(String name) throws Exception {
        String sha =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        URI address = URI.create("http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + "/" + name);
        return new Remote(address, name, content.length, "SHA-256", sha);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        ranges.add(range == null ? "none" : range);
        int from = 0;
        if (range != null && understandsRanges) {
            from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
        int length = Math.min(cutAfter, content.length - from);
        exchange.getResponseBody().write(content, from, length);
        exchange.getResponseBody().flush();
        exchange.close(); // with bytes owing, this cuts the connection
    }
}
