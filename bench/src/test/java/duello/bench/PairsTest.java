package duello.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Ratios are taken pair by pair, so that a slow moment of the machine, which meets both, leaves them alone. */
class PairsTest {
    @Test
    void aSlowMomentThatMeetsBothDoesNotChangeTheRatio() {
        Pairs pairs = new Pairs();
        pairs.add(10, 20);
        pairs.add(40, 80);
        pairs.add(11, 22);
        Pairs.Summary s = pairs.summary();
        assertThat(s).isEqualTo(new Pairs.Summary(11, 22, 2, 2, 2));
    }

    @Test
    void theRatioIsTheMiddleOneAndItsRangeIsTold() {
        Pairs pairs = new Pairs();
        pairs.add(1, 1);
        pairs.add(1, 3);
        pairs.add(1, 2);
        pairs.add(1, 9);
        assertThat(pairs.summary().ratio()).isEqualTo(2.5);
        assertThat(pairs.summary().least()).isEqualTo(1);
        assertThat(pairs.summary().most()).isEqualTo(9);
    }

    @Test
    void withoutAPairThereIsNoResult() {
        assertThatThrownBy(() -> new Pairs().summary()).isInstanceOf(IllegalStateException.class);
        assertThat(Pairs.median(List.of(3.0, 1.0, 2.0))).isEqualTo(2);
    }
}
