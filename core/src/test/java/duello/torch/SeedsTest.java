package duello.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Seeds are a function of the run's seed, the stream and its coordinates. */
class SeedsTest {
    @Test
    void knownAnswersStayAsTheyAre() {
        assertThat(Seeds.derive(0, "latent")).isEqualTo(8742274565687816307L);
        assertThat(Seeds.derive(0, "latent", 0)).isEqualTo(-8322315574405697885L);
        assertThat(Seeds.derive(42, "data.order", 7, 3)).isEqualTo(4887170853884180076L);
        assertThat(Seeds.derive(-1, "")).isEqualTo(4922461756044938104L);
    }

    @Test
    void everyArgumentCountsAndSoDoesTheOrderOfCoordinates() {
        long base = Seeds.derive(1, "a", 2, 3);
        assertThat(Set.of(
                        base,
                        Seeds.derive(2, "a", 2, 3),
                        Seeds.derive(1, "b", 2, 3),
                        Seeds.derive(1, "a", 3, 2),
                        Seeds.derive(1, "a", 2),
                        Seeds.derive(1, "a", 2, 3, 0)))
                .hasSize(6);
    }

    @Test
    void neighbouringPlacesNeverShareASeed() {
        Set<Long> seen = new HashSet<>();
        int places = 0;
        for (String stream : new String[] {"latent.z", "latent.labels", "augment.real.0", "augment.fake.0"}) {
            for (long seed = 0; seed < 5; seed++) {
                for (long step = 0; step < 500; step++) {
                    for (long rank = 0; rank < 4; rank++) {
                        seen.add(Seeds.derive(seed, stream, step, rank));
                        places++;
                    }
                }
            }
        }
        assertThat(seen).hasSize(places);
    }

    @Test
    void aStepMoreTurnsHalfOfTheBits() {
        double flipped = 0;
        int pairs = 4000;
        for (long step = 0; step < pairs; step++) {
            flipped += Long.bitCount(Seeds.derive(3, "latent", step) ^ Seeds.derive(3, "latent", step + 1));
        }
        // 32 expected; the mean of 4000 counts of deviation 4 has deviation 0.063
        assertThat(flipped / pairs).isBetween(31.7, 32.3);
    }
}
