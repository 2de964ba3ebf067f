package duello.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duello.catalog.Failure;
import duello.io.ImageOptions;
import duello.io.Images;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CifarTest {
    @TempDir
    Path folder;

    @Test
    void recordsOfCifar10AreRead() throws Exception {
        fill10();
        Dataset test = new Cifar10(folder.toString()).open(Split.VALIDATION);
        assertThat(labels(test)).containsExactly(3, 9, 0, 5);
        assertThat(test.classes().get(3)).isEqualTo("cat");
        byte[] image = new byte[3072 + 5];
        test.read(0, image, 5);
        assertThat(Arrays.copyOfRange(image, 5, image.length))
                .isEqualTo(Images.decode(golden("cifar_record0.png"), "golden", ImageOptions.DEFAULT)
                        .planar());
    }

    @Test
    void trainingImagesComeBatchAfterBatch() throws Exception {
        fill10();
        byte[] last = golden("cifar10_four_records.bin");
        last[0] = 7;
        Files.write(folder.resolve("data_batch_5.bin"), last);
        Dataset train = new Cifar10(folder.toString()).open(Split.TRAIN);
        assertThat(train.size()).isEqualTo(20);
        assertThat(train.label(0)).isEqualTo(3);
        assertThat(train.label(16)).isEqualTo(7);
    }

    @Test
    void cifar100HasItsCoarseLabelFirst() throws Exception {
        Path inner = Files.createDirectory(folder.resolve("cifar-100-binary"));
        Files.write(inner.resolve("test.bin"), golden("cifar100_four_records.bin"));
        Files.write(
                inner.resolve("fine_label_names.txt"),
                IntStream.range(0, 100).mapToObj(i -> "name" + i).toList());
        Dataset fine = new Cifar100(folder.toString(), Cifar100.Labels.FINE).open(Split.VALIDATION);
        assertThat(labels(fine)).containsExactly(33, 99, 0, 55);
        assertThat(fine.classes()).hasSize(100).contains("name99");
        Dataset coarse = new Cifar100(folder.toString(), Cifar100.Labels.COARSE).open(Split.VALIDATION);
        assertThat(labels(coarse)).containsExactly(3, 9, 0, 5);
        assertThat(coarse.classes()).hasSize(20).contains("class 19");
    }

    @Test
    void anArchiveReadsAsItsFolderDoes() throws Exception {
        fill10();
        Path archive = archive("cifar-10-batches-bin/test_batch.bin", golden("cifar10_four_records.bin"), false);
        assertThat(new Cifar10(archive.toString()).open(Split.VALIDATION).fingerprint())
                .isEqualTo(new Cifar10(folder.toString()).open(Split.VALIDATION).fingerprint());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/test_batch.bin", "a/../../test_batch.bin", "C:/test_batch.bin"})
    void anArchiveThatLeavesItsFolderIsRefused(String name) throws Exception {
        Path archive = archive(name, golden("cifar10_four_records.bin"), false);
        assertRefused(archive, "leads out of the archive");
    }

    @Test
    void anArchiveWithLinksIsRefused() throws Exception {
        assertRefused(archive("test_batch.bin", new byte[0], true), "is a link");
    }

    @Test
    void aCutArchiveIsRefused() throws Exception {
        Path archive = archive("test_batch.bin", golden("cifar10_four_records.bin"), false);
        Files.write(archive, Arrays.copyOf(Files.readAllBytes(archive), 2000));
        assertRefused(archive, "fetch it again");
    }

    @Test
    void brokenFilesAreSaidToBeSo() throws Exception {
        assertRefused(folder, "test_batch.bin is missing");
        Files.write(folder.resolve("test_batch.bin"), new byte[3072]);
        assertRefused(folder, "no whole number of records");
        byte[] records = golden("cifar10_four_records.bin");
        records[3073] = 10;
        Files.write(folder.resolve("test_batch.bin"), records);
        assertRefused(folder, "record 1 has label 10");
        assertRefused(folder.resolve("nowhere"), "neither a folder nor");
    }

    private static void assertRefused(Path path, String why) {
        assertThatThrownBy(() -> new Cifar10(path.toString()).open(Split.VALIDATION))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(why);
    }

    private void fill10() throws IOException {
        for (int i = 1; i <= 5; i++) {
            Files.write(folder.resolve("data_batch_" + i + ".bin"), golden("cifar10_four_records.bin"));
        }
        Files.write(folder.resolve("test_batch.bin"), golden("cifar10_four_records.bin"));
    }

    private Path archive(String name, byte[] content, boolean link) throws IOException {
        Path file = folder.resolve("made.tar.gz");
        try (OutputStream out = Files.newOutputStream(file);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(out))) {
            TarArchiveEntry entry = link
                    ? new TarArchiveEntry(name, TarConstants.LF_SYMLINK)
                    : new TarArchiveEntry(name, TarConstants.LF_NORMAL, true);
            entry.setLinkName(link ? "/etc/hosts" : "");
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        }
        return file;
    }

    private static int[] labels(Dataset dataset) {
        return IntStream.range(0, dataset.size()).map(dataset::label).toArray();
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = CifarTest.class.getResourceAsStream("/golden-eval/analyses/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }
}
