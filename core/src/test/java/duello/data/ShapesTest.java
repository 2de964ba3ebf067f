package duello.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShapesTest {
    private static final Shapes SMALL = new Shapes(32, 105, 53, 10, 3);

    @Test
    void theSameSettingsDrawTheSameImages() {
        assertThat(SMALL.open(Split.TRAIN).fingerprint())
                .isEqualTo(SMALL.open(Split.TRAIN).fingerprint());
    }

    @Test
    void everySettingThatDecidesThePixelsChangesTheFingerprint() {
        Set<String> prints = new HashSet<>();
        prints.add(SMALL.open(Split.TRAIN).fingerprint());
        prints.add(SMALL.open(Split.VALIDATION).fingerprint());
        prints.add(new Shapes(64, 105, 53, 10, 3).open(Split.TRAIN).fingerprint());
        prints.add(new Shapes(32, 106, 53, 10, 3).open(Split.TRAIN).fingerprint());
        prints.add(new Shapes(32, 105, 53, 100, 3).open(Split.TRAIN).fingerprint());
        prints.add(new Shapes(32, 105, 53, 10, 4).open(Split.TRAIN).fingerprint());
        assertThat(prints).hasSize(6);
    }

    @Test
    void theNumberOfValidationImagesDoesNotTouchTheTrainingImages() {
        Dataset one = new Shapes(32, 100, 1, 10, 3).open(Split.TRAIN);
        Dataset again = new Shapes(32, 100, 50, 10, 3).open(Split.TRAIN);
        assertThat(one.fingerprint()).isEqualTo(again.fingerprint());
    }

    @Test
    void theSplitsShareNoDrawingSeed() {
        Set<Long> seeds = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            seeds.add(Procedural.imageSeed("shapes", 0, Split.TRAIN, i));
            seeds.add(Procedural.imageSeed("shapes", 0, Split.VALIDATION, i));
        }
        assertThat(seeds).hasSize(20_000);
    }

    @Test
    void classesAreBalancedAndShuffled() {
        Dataset data = SMALL.open(Split.TRAIN);
        int[] counts = new int[10];
        int rises = 0;
        for (int i = 0; i < data.size(); i++) {
            counts[data.label(i)]++;
            rises += i > 0 && data.label(i) == (data.label(i - 1) + 1) % 10 ? 1 : 0;
        }
        assertThat(counts).containsOnly(10, 11);
        assertThat(rises).as("neighbours in the order of the classes").isLessThan(30);
        assertThat(data.classes())
                .containsExactly("heart", "star", "house", "tree", "fish", "boat", "mushroom", "mug", "flower", "car");
    }

    @Test
    void imagesUseTheWholeRangeAndEachDiffersFromTheOthers() {
        Dataset data = SMALL.open(Split.TRAIN);
        Set<String> different = new HashSet<>();
        byte[] image = new byte[3 * 32 * 32];
        int darkest = 255;
        int lightest = 0;
        for (int i = 0; i < data.size(); i++) {
            data.read(i, image, 0);
            different.add(Arrays.toString(image));
            for (byte b : image) {
                darkest = Math.min(darkest, b & 255);
                lightest = Math.max(lightest, b & 255);
            }
        }
        assertThat(different).hasSize(data.size());
        assertThat(darkest).isLessThan(50);
        assertThat(lightest).isGreaterThan(245);
    }

    @Test
    void objectsAreToldApartByTheirMeanImagesAlone() {
        Shapes shapes = new Shapes(32, 400, 150, 10, 0);
        double accuracy = Separation.nearestMeanAccuracy(shapes.open(Split.TRAIN), shapes.open(Split.VALIDATION));
        assertThat(accuracy).isGreaterThan(0.9);
    }

    @Test
    void aHundredClassesAreTheObjectsInEachColour() {
        Shapes shapes = new Shapes(32, 1000, 300, 100, 0);
        Dataset train = shapes.open(Split.TRAIN);
        assertThat(train.classes()).hasSize(100).doesNotHaveDuplicates();
        assertThat(train.classes().get(37)).isEqualTo("purple tree");
        assertThat(Separation.nearestMeanAccuracy(train, shapes.open(Split.VALIDATION)))
                .isGreaterThan(0.5);
    }

    @Test
    void settingsThatCannotBeDrawnAreRefusedInWordsOfTheSetting() {
        assertRefused(() -> new Shapes(33, 1, 1, 10, 0), "resolution must be 32, 64 or 128, not 33");
        assertRefused(() -> new Shapes(32, 0, 1, 10, 0), "count must be between 1 and 10000000 images, not 0");
        assertRefused(() -> new Shapes(32, 1, -1, 10, 0), "validation must be between 1 and 10000000 images, not -1");
        assertRefused(
                () -> new Shapes(32, 1, 1, 20, 0),
                "classes must be 10 (objects) or 100 (objects in each colour), not 20");
    }

    private static void assertRefused(Runnable making, String message) {
        assertThatThrownBy(making::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
