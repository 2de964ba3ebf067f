package duello.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duello.catalog.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ChecksumsTest {
    @TempDir
    Path folder;

    @Test
    void knownAnswersOfTheStandard() throws IOException {
        String abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        byte[] bytes = "abc".getBytes(StandardCharsets.US_ASCII);
        assertThat(Checksums.sha256(bytes)).isEqualTo(abc);
        assertThat(Checksums.sha256(Files.write(folder.resolve("abc"), bytes))).isEqualTo(abc);
        assertThat(Checksums.sha256(new byte[0]))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void aFileLargerThanTheBufferHasTheSumOfItsBytes() throws IOException {
        byte[] bytes = new byte[200_001];
        bytes[200_000] = 1;
        assertThat(Checksums.sha256(Files.write(folder.resolve("x"), bytes))).isEqualTo(Checksums.sha256(bytes));
    }

    @Test
    void theGoldenFilesAreTheOnesOfTheirManifest() {
        JsonNode files = Json.read(Golden.folder().resolve("manifest.json")).path("files");
        int compared = 0;
        for (Map.Entry<String, JsonNode> entry : files.properties()) {
            Path file = Golden.folder().resolve(entry.getKey());
            if (Files.exists(file)) {
                String sum = entry.getValue().path("sha256").stringValue();
                assertThat(Checksums.sha256(file)).as(entry.getKey()).isEqualTo(sum);
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(20);
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> Checksums.sha256(folder.resolve("none")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("no such file");
    }
}
