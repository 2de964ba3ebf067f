package duello.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duello.catalog.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
    private static final byte[] OLD = "old".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NEW = "new".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void writesAFileWithItsFoldersAndReplacesIt() {
        Path file = folder.resolve("a/b/file.txt");
        AtomicFiles.write(file, OLD);
        assertThat(file).hasBinaryContent(OLD);
        AtomicFiles.write(file, NEW);
        assertThat(file).hasBinaryContent(NEW);
        assertThat(names(file.resolveSibling(""))).containsExactly("file.txt");
    }

    @Test
    void nothingIsAtThePlaceBeforeAllIsWritten() {
        Path file = folder.resolve("file.txt");
        AtomicFiles.write(file, out -> {
            out.write(NEW);
            out.flush();
            assertThat(file).doesNotExist();
        });
        assertThat(file).hasBinaryContent(NEW);
    }

    @Test
    void aFullDiskLeavesTheOldFileAndNoPartialOne() {
        Path file = folder.resolve("file.txt");
        AtomicFiles.write(file, OLD);
        assertThatThrownBy(() -> AtomicFiles.write(file, out -> {
                    out.write(new byte[1 << 20]);
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(Failure.class)
                .hasMessage(file + ": cannot be written: the disk is full (No space left on device);"
                        + " free some space or choose another place");
        assertThat(file).hasBinaryContent(OLD);
        assertThat(names(folder)).containsExactly("file.txt");
    }

    @Test
    void aBugInTheWriterLeavesTheOldFileToo() {
        Path file = folder.resolve("file.txt");
        AtomicFiles.write(file, OLD);
        assertThatThrownBy(() -> AtomicFiles.write(file, out -> {
                    throw new IllegalStateException("bug");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(file).hasBinaryContent(OLD);
        assertThat(names(folder)).containsExactly("file.txt");
    }

    @Test
    void writesAFolderAndReplacesIt() {
        Path target = folder.resolve("checkpoints/step-1");
        AtomicFiles.writeDirectory(target, partial -> {
            Files.createDirectory(partial.resolve("deep"));
            Files.write(partial.resolve("deep/only-old"), OLD);
            assertThat(target).doesNotExist();
        });
        assertThat(target.resolve("deep/only-old")).hasBinaryContent(OLD);
        AtomicFiles.writeDirectory(target, partial -> Files.write(partial.resolve("weights"), NEW));
        assertThat(names(target)).containsExactly("weights");
        assertThat(names(folder.resolve("checkpoints"))).containsExactly("step-1");
    }

    @Test
    void aFolderThatCannotBeFinishedLeavesTheOldOne() {
        Path target = folder.resolve("step-1");
        AtomicFiles.writeDirectory(target, partial -> Files.write(partial.resolve("weights"), OLD));
        assertThatThrownBy(() -> AtomicFiles.writeDirectory(target, partial -> {
                    Files.write(partial.resolve("weights"), NEW);
                    throw new UncheckedIOException(new IOException("Disk quota exceeded"));
                }))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("step-1: cannot be written: the disk is full");
        assertThat(target.resolve("weights")).hasBinaryContent(OLD);
        assertThat(names(folder)).containsExactly("step-1");
    }

    @Test
    void aFileWhereAFolderIsNeededIsExplained() throws IOException {
        Files.write(folder.resolve("file"), OLD);
        assertThatThrownBy(() -> AtomicFiles.write(folder.resolve("file/x.txt"), NEW))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("x.txt: cannot be written: a file stands where a folder is needed");
    }

    @Test
    void aFileIsNotReplacedByWritingOverAFolder() throws IOException {
        Path target = Files.createDirectories(folder.resolve("full"));
        Files.write(target.resolve("kept"), OLD);
        assertThatThrownBy(() -> AtomicFiles.write(target, NEW)).isInstanceOf(Failure.class);
        assertThat(target.resolve("kept")).hasBinaryContent(OLD);
        assertThat(names(folder)).containsExactly("full");
    }

    @Test
    void deletesATreeButNotWhatALinkPointsTo() throws IOException {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.write(outside.resolve("kept"), OLD);
        Path tree = Files.createDirectories(folder.resolve("tree/deep")).getParent();
        Files.createSymbolicLink(folder.resolve("tree/link"), outside);
        assertThat(tree).isNotNull();
        AtomicFiles.delete(folder.resolve("tree"));
        AtomicFiles.delete(folder.resolve("never-there"));
        assertThat(names(folder)).containsExactly("outside");
        assertThat(outside.resolve("kept")).exists();
    }

    private static List<String> names(Path directory) {
        try (Stream<Path> list = Files.list(directory)) {
            return list.map(path -> path.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
