package duello.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** Scopes own native memory. */
class ScopeTest {
    @Test
    void aThousandScopedComputationsLeaveNoPointers() {
        Tensor x = Ops.ones(Devices.CPU, 8, 8).requires_grad_(true);
        compute(x, 20);
        long before = Scope.livePointers();
        compute(x, 1000);
        assertThat(Scope.livePointers()).isLessThanOrEqualTo(before);
    }

    private static void compute(Tensor x, int times) {
        for (int i = 0; i < times; i++) {
            try (Scope scope = Scope.open()) {
                Tensor y = Ops.mul(x.mm(x).tanh(), 0.5);
                Ops.backward(Ops.sum(Ops.square(y), false, 0, 1));
                Scope.withoutGrad(() -> x.add_(x.grad(), Ops.scalar(-1e-3)));
            }
        }
    }

    @Test
    void whatIsNotKeptDiesWithItsScope() {
        Tensor inner;
        try (Scope scope = Scope.open()) {
            inner = Ops.ones(Devices.CPU, 3);
        }
        assertThat(inner.isNull()).isTrue();
        assertThatThrownBy(inner::numel).isInstanceOf(NullPointerException.class);
    }

    @Test
    void keptTensorsOutliveEveryScope() {
        Tensor kept;
        try (Scope outer = Scope.open()) {
            try (Scope inner = Scope.open()) {
                kept = Scope.keep(Ops.mul(Ops.ones(Devices.CPU, 3), 2));
            }
        }
        assertThat(Ops.toFloats(kept)).containsExactly(2, 2, 2);
    }

    @Test
    void whatFrozenPassesGiveOutlivesThemEvenIfMadeInPlace() {
        long[] place = new long[1];
        try (Scope outer = Scope.open()) {
            Map<String, Tensor> given = Scope.frozen(() -> {
                Tensor operand = Ops.ones(Devices.CPU, 2);
                place[0] = operand.address();
                return Map.of("in place", operand.add_(Ops.scalar(4)), "fresh", Ops.mul(operand, 3));
            });
            assertThat(Objects.requireNonNull(given.get("in place")).address())
                    .as("not the native object of the operand, which is gone")
                    .isNotEqualTo(place[0]);
            assertThat(Ops.toFloats(Objects.requireNonNull(given.get("in place"))))
                    .containsExactly(5, 5);
            assertThat(Ops.toFloats(Objects.requireNonNull(given.get("fresh")))).containsExactly(15, 15);
        }
        Map<String, Tensor> outside = Scope.frozen(() -> Map.of("x", Ops.ones(Devices.CPU, 1)));
        assertThat(Ops.toFloats(Objects.requireNonNull(outside.get("x")))).containsExactly(1);
    }

    @Test
    void whatIsKeptOfAnOperationInPlaceIsNoLongerItsOperands() {
        long[] place = new long[1];
        Tensor kept = Scope.kept(() -> {
            Tensor operand = Ops.ones(Devices.CPU, 2);
            place[0] = operand.address();
            return operand.add_(Ops.scalar(4));
        });
        assertThat(kept.address()).isNotEqualTo(place[0]);
        assertThat(Ops.toFloats(kept)).containsExactly(5, 5);
    }

    @Test
    void keptResultsOutliveTheScopeTheyWereMadeIn() {
        Tensor kept;
        try (Scope outer = Scope.open()) {
            kept = Scope.kept(() -> Ops.mul(Ops.ones(Devices.CPU, 2), 3));
        }
        assertThat(Ops.toFloats(kept)).containsExactly(3, 3);
    }

    @Test
    void attachedTensorsLiveUntilTheOuterScopeCloses() {
        Tensor moved;
        try (Scope outer = Scope.open()) {
            try (Scope inner = Scope.open()) {
                moved = outer.attach(Ops.ones(Devices.CPU, 3));
            }
            assertThat(moved.numel()).isEqualTo(3);
        }
        assertThat(moved.isNull()).isTrue();
    }

    @Test
    void noGradientIsRecordedWhereItIsSwitchedOffAndAgainAfterwards() {
        Tensor x = Ops.ones(Devices.CPU, 2).requires_grad_(true);
        assertThat(Scope.<Boolean>noGrad(() -> Ops.mul(x, 2).requires_grad())).isFalse();
        assertThat(Ops.mul(x, 2).requires_grad()).isTrue();
    }
}
