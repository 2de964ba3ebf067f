package duello.bench;

import static org.assertj.core.api.Assertions.assertThat;

import duello.bench.SoakBench.Drift;
import duello.bench.SoakBench.Reading;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the soak test calls growth. */
class SoakBenchTest {
    @Test
    void onePointerMoreIsGrowth() {
        assertThat(Drift.of(List.of(new Reading(1, 100, 1000), new Reading(2, 101, 1000)))
                        .grows())
                .isTrue();
        assertThat(Drift.of(List.of(new Reading(1, 100, 1000), new Reading(2, 100, 1000)))
                        .grows())
                .isFalse();
    }

    @Test
    void residentMemoryMayGrowByAtMostFivePerCent() {
        assertThat(Drift.of(List.of(new Reading(1, 7, 1000), new Reading(2, 7, 1049)))
                        .grows())
                .isFalse();
        assertThat(Drift.of(List.of(new Reading(1, 7, 1000), new Reading(2, 7, 1051)))
                        .grows())
                .isTrue();
    }

    @Test
    void theSlopeIsThatOfALine() {
        Drift drift = Drift.of(List.of(new Reading(0, 7, 1000), new Reading(500, 7, 1010), new Reading(1000, 7, 1020)));
        assertThat(drift.slope()).isEqualTo(20);
    }
}
