package duello.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FacesTest {
    private static final int PLANE = 32 * 32;

    @ParameterizedTest
    @EnumSource(FaceStyle.class)
    void theSameSettingsDrawTheSameImagesInEveryStyle(FaceStyle style) {
        Faces faces = new Faces(32, 40, 40, 5, style);
        String print = faces.open(Split.TRAIN).fingerprint();
        assertThat(faces.open(Split.TRAIN).fingerprint()).isEqualTo(print);
        assertThat(faces.open(Split.VALIDATION).fingerprint()).isNotEqualTo(print);
    }

    @Test
    void everySettingThatDecidesThePixelsChangesTheFingerprint() {
        Set<String> prints = new HashSet<>();
        for (FaceStyle style : FaceStyle.values()) {
            prints.add(faces(40, 5, style).fingerprint());
        }
        prints.add(faces(41, 5, FaceStyle.NATURAL).fingerprint());
        prints.add(faces(40, 6, FaceStyle.NATURAL).fingerprint());
        prints.add(new Faces(64, 40, 1, 5, FaceStyle.NATURAL).open(Split.TRAIN).fingerprint());
        assertThat(prints).hasSize(FaceStyle.values().length + 3);
    }

    @Test
    void aNumberIsTheSamePersonWithTheSameLabelInEveryStyle() {
        Dataset natural = faces(64, 5, FaceStyle.NATURAL);
        for (FaceStyle style : FaceStyle.values()) {
            Dataset other = faces(64, 5, style);
            for (int i = 0; i < other.size(); i++) {
                assertThat(other.label(i)).isEqualTo(natural.label(i));
            }
        }
        assertThat(Face.random(Hair.BUN, new Random(9))).isEqualTo(Face.random(Hair.BUN, new Random(9)));
        assertThat(Face.random(Hair.BUN, new Random(9))).isNotEqualTo(Face.random(Hair.BUN, new Random(10)));
    }

    @Test
    void aMosaicIsTheNaturalPictureAveragedInSquares() {
        Dataset mosaic = faces(16, 5, FaceStyle.MOSAIC);
        byte[] image = new byte[3 * PLANE];
        Set<Integer> values = new HashSet<>();
        for (int i = 0; i < mosaic.size(); i++) {
            mosaic.read(i, image, 0);
            for (int p = 0; p < image.length; p++) {
                int corner = p / 32 / 2 * 2 * 32 + p % 32 / 2 * 2;
                assertThat(image[p]).isEqualTo(image[corner]);
                values.add((int) image[p]);
            }
        }
        assertThat(values).hasSizeGreaterThan(100);
    }

    @Test
    void inkIsGreyAndNeonIsDark() {
        byte[] image = new byte[3 * PLANE];
        Dataset ink = faces(16, 5, FaceStyle.INK);
        for (int i = 0; i < ink.size(); i++) {
            ink.read(i, image, 0);
            for (int p = 0; p < PLANE; p++) {
                assertThat((image[p] & 255) - (image[2 * PLANE + p] & 255)).isBetween(-6, 6);
            }
        }
        assertThat(meanLightness(faces(16, 5, FaceStyle.NEON))).isLessThan(0.4);
        assertThat(meanLightness(faces(16, 5, FaceStyle.NATURAL))).isGreaterThan(0.5);
    }

    @Test
    void classesAreBalancedAndNamedByTheHair() {
        Dataset data = faces(100, 5, FaceStyle.NATURAL);
        int[] counts = new int[8];
        for (int i = 0; i < data.size(); i++) {
            counts[data.label(i)]++;
        }
        assertThat(counts).containsOnly(12, 13);
        assertThat(data.classes())
                .containsExactly("short", "long", "curly", "bun", "spiky", "pigtails", "beard", "hat");
    }

    @ParameterizedTest
    @EnumSource(FaceStyle.class)
    void classesAreToldApartByTheirMeanImagesInEveryStyle(FaceStyle style) {
        Faces faces = new Faces(32, 240, 80, 0, style);
        assertThat(Separation.nearestMeanAccuracy(faces.open(Split.TRAIN), faces.open(Split.VALIDATION)))
                .isGreaterThan(0.65);
    }

    @Test
    void settingsThatCannotBeDrawnAreRefused() {
        assertThatThrownBy(() -> new Faces(48, 1, 1, 0, FaceStyle.POP))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("resolution must be 32, 64 or 128, not 48");
        assertThatThrownBy(() -> new Faces(32, 1, 0, 0, FaceStyle.POP))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("validation must be between 1 and 10000000 images, not 0");
    }

    private static Dataset faces(int count, long seed, FaceStyle style) {
        return new Faces(32, count, 1, seed, style).open(Split.TRAIN);
    }

    private static double meanLightness(Dataset data) {
        byte[] image = new byte[3 * PLANE];
        double sum = 0;
        for (int i = 0; i < data.size(); i++) {
            data.read(i, image, 0);
            for (byte b : image) {
                sum += b & 255;
            }
        }
        return sum / data.size() / image.length / 255;
    }
}
