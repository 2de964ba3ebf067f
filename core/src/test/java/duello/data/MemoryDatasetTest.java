package duello.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryDatasetTest {
    private static final List<String> CLASSES = List.of("cat", "dog");

    @Test
    void theFingerprintFollowsPixelsLabelsAndClassesButNotTheNameOrTheChunks() {
        String base = dataset("a", CLASSES, new int[] {0, 1}, 9).fingerprint();
        assertThat(base).matches("[0-9a-f]{16}");
        assertThat(dataset("b", CLASSES, new int[] {0, 1}, 9).fingerprint()).isEqualTo(base);
        Pixels chunked = new Pixels(2, 2, 12);
        chunked.write(1, image(9), 0);
        assertThat(new MemoryDataset("c", CLASSES, new int[] {0, 1}, chunked).fingerprint())
                .isEqualTo(base);

        assertThat(dataset("a", CLASSES, new int[] {0, 1}, 8).fingerprint()).isNotEqualTo(base);
        assertThat(dataset("a", CLASSES, new int[] {1, 1}, 9).fingerprint()).isNotEqualTo(base);
        assertThat(dataset("a", List.of("cat", "cow"), new int[] {0, 1}, 9).fingerprint())
                .isNotEqualTo(base);
    }

    @Test
    void laterChangesOfTheCallersArraysDoNotReachIt() {
        int[] labels = {0, 1};
        MemoryDataset data = dataset("a", CLASSES, labels, 9);
        labels[0] = 1;
        assertThat(data.label(0)).isZero();
    }

    @Test
    void labelsThatFitNoClassOrNoImageAreRefused() {
        assertThatThrownBy(() -> dataset("a", CLASSES, new int[] {0, 2}, 9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("image 1 has label 2, but there are 2 classes");
        assertThatThrownBy(() -> dataset("a", CLASSES, new int[] {0}, 9)).hasMessage("1 labels for 2 images");
    }

    /** Two images of 2 by 2 pixels, the second of one value. */
    private static MemoryDataset dataset(String name, List<String> classes, int[] labels, int value) {
        Pixels pixels = new Pixels(2, 2);
        pixels.write(1, image(value), 0);
        return new MemoryDataset(name, classes, labels, pixels);
    }

    private static byte[] image(int value) {
        byte[] bytes = new byte[12];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
