package duello.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class NdArrayTest {
    @Test
    void everyHalfSurvivesTheWayThroughFloat() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float value = Half.fromF16((short) bits);
            if (!Float.isNaN(value)) {
                assertThat(Half.toF16(value)).isEqualTo((short) bits);
            } else {
                assertThat(Half.fromF16(Half.toF16(value))).isNaN();
            }
        }
    }

    @Test
    void everyBfloat16SurvivesTheWayThroughFloat() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float value = Half.fromBf16((short) bits);
            if (!Float.isNaN(value)) {
                assertThat(Half.toBf16(value)).isEqualTo((short) bits);
            } else {
                assertThat(Half.fromBf16(Half.toBf16(value))).isNaN();
            }
        }
    }

    @Test
    void halfRoundsToNearestEven() {
        assertThat(Half.toF16(1f)).isEqualTo((short) 0x3c00);
        assertThat(Half.toF16(1f + 0x1p-11f))
                .as("a tie goes to the even pattern")
                .isEqualTo((short) 0x3c00);
        assertThat(Half.toF16(1f + 0x3p-11f))
                .as("a tie goes to the even pattern")
                .isEqualTo((short) 0x3c02);
        assertThat(Half.toF16(1f + 0x1.002p-11f)).isEqualTo((short) 0x3c01);
        assertThat(Half.toF16(65519.99f)).isEqualTo((short) 0x7bff);
        assertThat(Half.toF16(65520f)).isEqualTo((short) 0x7c00);
        assertThat(Half.toF16(0x1p-25f)).isEqualTo((short) 0);
        assertThat(Half.toF16(-0x1.8p-24f)).isEqualTo((short) 0x8002);
        assertThat(Half.toF16(0x1.ffbp-15f)).as("the largest subnormal").isEqualTo((short) 0x03ff);
        assertThat(Half.toF16(0x1.ffcp-15f))
                .as("halfway to the smallest normal, the even one")
                .isEqualTo((short) 0x0400);
    }

    @Test
    void bfloat16RoundsToNearestEven() {
        assertThat(Half.toBf16(1f + 0x1p-8f)).isEqualTo((short) 0x3f80);
        assertThat(Half.toBf16(1f + 0x3p-8f)).isEqualTo((short) 0x3f82);
        assertThat(Half.toBf16(Float.MAX_VALUE)).isEqualTo((short) 0x7f80);
    }

    @Test
    void convertsBetweenTypes() {
        NdArray floats = NdArray.of(new float[] {-1.5f, 0f, 2.75f}, 3);
        assertThat(floats.to(DType.I32).toLongs()).containsExactly(-1, 0, 2);
        assertThat(floats.to(DType.BOOL).toLongs()).containsExactly(1, 0, 1);
        for (DType dtype : new DType[] {DType.F16, DType.BF16, DType.F64}) {
            assertThat(floats.to(dtype).toFloats()).containsExactly(-1.5f, 0f, 2.75f);
        }
        assertThat(NdArray.of(new byte[] {-1}, 1).toLongs())
                .as("U8 has no sign")
                .containsExactly(255);
        long exact = (1L << 53) + 1;
        assertThat(NdArray.of(new long[] {exact}).to(DType.I64).toLongs()).containsExactly(exact);
        assertThat(NdArray.of(new int[] {7}).shape()).isEmpty();
    }

    @Test
    void refusesAShapeThatDoesNotFitOrOverflows() {
        assertThatThrownBy(() -> NdArray.of(new float[6], 2, 4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NdArray.wrap(DType.F32, ByteBuffer.allocate(0), 1L << 32, 1L << 32))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> NdArray.wrap(DType.F32, ByteBuffer.allocate(4), -1, -1))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void isAValue() {
        float[] values = {1, 2, 3, 4};
        NdArray array = NdArray.of(values, 2, 2);
        values[0] = 9;
        array.shape()[0] = 9;
        assertThat(array).isEqualTo(NdArray.of(new float[] {1, 2, 3, 4}, 2, 2)).hasToString("F32[2, 2]");
        assertThat(array).isNotEqualTo(array.reshape(4)).isNotEqualTo(NdArray.of(new float[4], 2, 2));
        assertThat(array.data().isReadOnly()).isTrue();
    }
}
