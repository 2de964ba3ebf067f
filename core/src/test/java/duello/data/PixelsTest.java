package duello.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PixelsTest {
    private static final int IMAGE = 3 * 2 * 2;

    @Test
    void imagesComeBackFromWhicheverChunkTheyFellInto() {
        Pixels pixels = new Pixels(7, 2, 3 * IMAGE);
        for (int i = 0; i < 7; i++) {
            pixels.write(i, filled(i + 1, IMAGE + 5), 5);
        }
        for (int i = 0; i < 7; i++) {
            byte[] into = new byte[IMAGE + 2];
            pixels.read(i, into, 1);
            byte[] expected = filled(i + 1, IMAGE + 2);
            expected[0] = 0;
            expected[IMAGE + 1] = 0;
            assertThat(into).as("image %d", i).isEqualTo(expected);
        }
    }

    @Test
    void anImageThatDoesNotExistIsRefused() {
        Pixels pixels = new Pixels(7, 2, 3 * IMAGE);
        assertThatThrownBy(() -> pixels.read(7, new byte[IMAGE], 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> pixels.write(-1, new byte[IMAGE], 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void noImagesAndImpossibleSizesAreRefused() {
        assertThatThrownBy(() -> new Pixels(0, 2)).hasMessage("a dataset needs at least 1 image, not 0");
        assertThatThrownBy(() -> new Pixels(1, 0)).hasMessageContaining("resolution 0");
        assertThatThrownBy(() -> new Pixels(1, 100_000)).hasMessageContaining("resolution 100000");
    }

    private static byte[] filled(int value, int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
