package duello.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duello.catalog.Failure;
import duello.io.Images;
import duello.io.PillowResampler;
import duello.io.PillowResampler.Filter;
import duello.io.Rgb;
import duello.io.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
    @TempDir
    Path root;

    @Test
    void subfoldersAreClassesAndTheirOrderIsThatOfTheNames() throws Exception {
        fill("b", 12);
        fill("a", 8);
        Dataset train = folder(0.25).open(Split.TRAIN);
        Dataset held = folder(0.25).open(Split.VALIDATION);
        assertThat(train.classes()).containsExactly("a", "b");
        assertThat(labels(train)).hasSize(15).containsOnly(0, 1).isSorted();
        assertThat(Arrays.stream(labels(held)).filter(l -> l == 0).count()).isEqualTo(2);
        assertThat(Arrays.stream(labels(held)).filter(l -> l == 1).count()).isEqualTo(3);
    }

    @Test
    void theSplitIsDisjointAndTheSameEveryTime() throws Exception {
        fill("", 30);
        FolderListing train = FolderSplit.of(root, Split.TRAIN, 0.2);
        FolderListing held = FolderSplit.of(root, Split.VALIDATION, 0.2);
        assertThat(train.classes()).containsExactly("all");
        assertThat(held.images()).hasSize(6).doesNotContainAnyElementsOf(train.images());
        assertThat(FolderSplit.of(root, Split.VALIDATION, 0.2)).isEqualTo(held);
    }

    @Test
    void imagesAreCutSquareAndResizedAsPillowDoes() throws Exception {
        Rgb wide = picture(40, 24, 1);
        Files.write(root.resolve("x.png"), Images.encodePng(wide));
        byte[] image = new byte[3 * 16 * 16];
        folder(0).open(Split.TRAIN).read(0, image, 0);
        assertThat(image)
                .isEqualTo(PillowResampler.squareTo(wide, 16, Filter.LANCZOS).planar());
    }

    @Test
    void stretchingKeepsAllOfThePicture() throws Exception {
        Rgb wide = picture(40, 24, 1);
        Files.write(root.resolve("x.png"), Images.encodePng(wide));
        ImageFolder folder =
                new ImageFolder(root.toString(), 16, Crop.STRETCH, Filter.BOX, 0, OnCorrupt.SKIP, "white", 100);
        assertThat(read(folder.open(Split.TRAIN), 0))
                .isEqualTo(PillowResampler.resize(wide, 16, 16, Filter.BOX).planar());
    }

    @Test
    void readingLazilyGivesTheSameImages() throws Exception {
        fill("a", 5);
        fill("b", 5);
        Dataset held = folder(0).open(Split.TRAIN);
        Dataset lazy = with(OnCorrupt.SKIP, 0).open(Split.TRAIN);
        assertThat(lazy).isInstanceOf(LazyPictures.class);
        assertThat(held).isInstanceOf(MemoryDataset.class);
        assertThat(labels(lazy)).isEqualTo(labels(held));
        for (int i = 0; i < 10; i++) {
            assertThat(read(lazy, i)).isEqualTo(read(held, i));
        }
        String before = lazy.fingerprint();
        fill("b", 6);
        assertThat(with(OnCorrupt.SKIP, 0).open(Split.TRAIN).fingerprint()).isNotEqualTo(before);
    }

    @Test
    void aLayoutOfTrainAndValIsHonoured() throws Exception {
        fill("train/a", 4);
        fill("train/b", 3);
        fill("val/b", 2);
        assertThat(folder(0.1).open(Split.TRAIN).size()).isEqualTo(7);
        Dataset held = folder(0.1).open(Split.VALIDATION);
        assertThat(labels(held)).containsExactly(1, 1);
        assertThat(held.classes()).containsExactly("a", "b");
        fill("val/c", 1);
        assertThatThrownBy(() -> folder(0.1).open(Split.VALIDATION)).hasMessageContaining("class 'c' is not among");
    }

    @Test
    void brokenPicturesAreLeftOutOrRefused() throws Exception {
        fill("", 6);
        Files.writeString(root.resolve("p2.png"), "nothing");
        assertThat(folder(0).open(Split.TRAIN).size()).isEqualTo(5);
        for (int memory : new int[] {0, 100}) {
            assertThatThrownBy(() -> read(with(OnCorrupt.REFUSE, memory).open(Split.TRAIN), 2))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("p2.png: is no PNG");
        }
        Dataset lazy = with(OnCorrupt.SKIP, 0).open(Split.TRAIN);
        assertThat(read(lazy, 2)).as("the next of its class").isEqualTo(read(lazy, 3));
    }

    @Test
    void whatCannotBeOpenedIsSaidInOneLine() throws Exception {
        assertRefused(root, "holds no pictures");
        assertRefused(root.resolve("none"), "no such folder");
        Path file = Files.writeString(root.resolve("a.png"), "x");
        assertRefused(file, "is a file, not a folder");
        assertRefused(root, "none of its 1 pictures can be read");
        Files.delete(file);
        fill("", 1);
        assertThatThrownBy(() -> folder(0).open(Split.VALIDATION)).hasMessageContaining("raise 'validation'");
    }

    @Test
    void junkAndLoopsOfLinksAreIgnored() throws Exception {
        fill("a", 2);
        fill("__MACOSX", 2);
        fill(".hidden", 2);
        Files.writeString(root.resolve("a/._p0.png"), "mac");
        Files.writeString(root.resolve("a/Thumbs.db"), "win");
        Files.writeString(root.resolve("a/notes.txt"), "hello");
        Files.createSymbolicLink(root.resolve("a/loop"), root);
        Dataset dataset = folder(0).open(Split.TRAIN);
        assertThat(dataset.size()).isEqualTo(2);
        assertThat(dataset.classes()).containsExactly("a");
    }

    @Test
    void theReportCountsEverything() throws Exception {
        fill("cats", 12);
        fill("dogs", 3);
        Files.writeString(root.resolve("dogs/bad.jpg"), "x");
        Files.write(root.resolve("dogs/wide.png"), Images.encodePng(picture(90, 70, 2)));
        List<String> heard = new ArrayList<>();
        FolderReport report = ImageFolder.inspect(root, (stage, done, total) -> heard.add(done + "/" + total));
        assertThat(heard).hasSize(17).startsWith("1/17").endsWith("17/17");
        assertThat(report.total()).isEqualTo(16);
        assertThat(report.classes())
                .containsExactly(new FolderReport.ClassCount("cats", 12), new FolderReport.ClassCount("dogs", 4));
        assertThat(report.nearEmpty()).extracting(FolderReport.ClassCount::name).containsExactly("dogs");
        assertThat(report.sides()).isEqualTo(new FolderReport.Sides(20, 20, 70, new Size(20, 20), 15));
        assertThat(report.bad()).hasSize(1);
        assertThat(report.bad().get(0).reason()).startsWith("is no PNG");
        assertThat(report.recipe()).contains("type: image_folder", "resolution: 16", root.toString());
    }

    private static void assertRefused(Path path, String why) {
        ImageFolder folder =
                new ImageFolder(path.toString(), 16, Crop.CENTER, Filter.LANCZOS, 0, OnCorrupt.SKIP, "white", 100);
        assertThatThrownBy(() -> folder.open(Split.TRAIN))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("\n");
    }

    private ImageFolder folder(double validation) {
        return new ImageFolder(
                root.toString(), 16, Crop.CENTER, Filter.LANCZOS, validation, OnCorrupt.SKIP, "white", 100);
    }

    private ImageFolder with(OnCorrupt onCorrupt, int memory) {
        return new ImageFolder(root.toString(), 16, Crop.CENTER, Filter.LANCZOS, 0, onCorrupt, "white", memory);
    }

    private void fill(String name, int count) throws IOException {
        Path folder = Files.createDirectories(root.resolve(name));
        for (int i = 0; i < count; i++) {
            Files.write(folder.resolve("p" + i + ".png"), Images.encodePng(picture(20, 20, i)));
        }
    }

    private static Rgb picture(int width, int height, int seed) {
        byte[] planar = new byte[3 * width * height];
        new Random(seed).nextBytes(planar);
        return new Rgb(width, height, planar);
    }

    private static byte[] read(Dataset dataset, int index) {
        byte[] image = new byte[3 * dataset.resolution() * dataset.resolution()];
        dataset.read(index, image, 0);
        return image;
    }

    private static int[] labels(Dataset dataset) {
        return IntStream.range(0, dataset.size()).map(dataset::label).toArray();
    }
}
