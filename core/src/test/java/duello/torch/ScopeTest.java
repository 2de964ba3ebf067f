package duello.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
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

    /** A function in place gives a handle without a native object of its own, which its operand's scope would take along. */
    @Test
    void whatBorrowsFromItsOperandOutlivesItOnceKeptOrAttached() {
        Tensor kept;
        Tensor attached;
        try (Scope outer = Scope.open()) {
            try (Scope inner = Scope.open()) {
                Tensor operand = Ops.mul(Ops.ones(Devices.CPU, 2), 5);
                Tensor borrowed = torch.relu_(operand);
                assertThat(borrowed.address()).isEqualTo(operand.address());
                kept = Scope.keep(borrowed);
                attached = outer.attach(borrowed);
                assertThat(List.of(kept.address(), attached.address())).doesNotContain(operand.address());
            }
            assertThat(Ops.toFloats(attached)).containsExactly(5, 5);
        }
        assertThat(Ops.toFloats(kept)).containsExactly(5, 5);
        assertThat(attached.isNull()).isTrue();
    }

    @Test
    void whatFrozenPassesGiveOutlivesThemAlsoWhereItBorrows() {
        long[] place = new long[1];
        try (Scope outer = Scope.open()) {
            Map<String, Tensor> given = Scope.frozen(() -> {
                Tensor operand = Ops.mul(Ops.ones(Devices.CPU, 2), 5);
                place[0] = operand.address();
                return Map.of("in place", torch.relu_(operand), "fresh", Ops.mul(operand, 3));
            });
            Tensor inPlace = Objects.requireNonNull(given.get("in place"));
            assertThat(inPlace.address()).isNotEqualTo(place[0]);
            assertThat(Ops.toFloats(inPlace)).containsExactly(5, 5);
            assertThat(Ops.toFloats(Objects.requireNonNull(given.get("fresh")))).containsExactly(15, 15);
        }
        Map<String, Tensor> outside = Scope.frozen(() -> Map.of("x", Ops.ones(Devices.CPU, 1)));
        assertThat(Ops.toFloats(Objects.requireNonNull(outside.get("x")))).containsExactly(1);
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
