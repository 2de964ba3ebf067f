package duello.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class ParallelTest {
    @Test
    void everyIndexIsHandledExactlyOnce() {
        AtomicIntegerArray seen = new AtomicIntegerArray(1003);
        Parallel.forEach(1003, () -> seen::incrementAndGet);
        for (int i = 0; i < seen.length(); i++) {
            assertThat(seen.get(i)).as("index %d", i).isEqualTo(1);
        }
    }

    @Test
    void theFirstFailureIsThrownAsItIs() {
        IllegalStateException broken = new IllegalStateException("broken");
        assertThatThrownBy(() -> Parallel.forEach(1000, () -> i -> {
                    if (i == 500) {
                        throw broken;
                    }
                }))
                .isSameAs(broken);
    }
}
