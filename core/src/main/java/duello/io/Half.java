package duello.io;

/** The two 16-bit floating-point formats, to and from {@code float}; conversions to 16 bits round to nearest even. */
public final class Half {
    private static final int F16_INFINITY = 0x7c00;
    private static final float F16_SUBNORMAL_UNIT = 0x1p-24f;

    private Half() {}

    /** The value of an IEEE half-precision bit pattern; exact. */
    public static float fromF16(short bits) {
        int exponent = (bits >> 10) & 0x1f;
        int fraction = bits & 0x3ff;
        float magnitude;
        if (exponent == 0x1f) {
            magnitude = Float.intBitsToFloat(0x7f800000 | (fraction << 13));
        } else if (exponent == 0) {
            magnitude = fraction * F16_SUBNORMAL_UNIT;
        } else {
            magnitude = Float.intBitsToFloat(((exponent + 112) << 23) | (fraction << 13));
        }
        return bits < 0 ? -magnitude : magnitude;
    }

    /** The half-precision bit pattern nearest to a value; beyond 65504 (rounded) it is infinity. */
    public static short toF16(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = (bits >>> 16) & 0x8000;
        int magnitude = bits & 0x7fffffff;
        if (magnitude > 0x7f800000) {
            return (short) (sign | 0x7e00);
        }
        if (magnitude < 0x38800000) {
            // below 2^-14 the half is subnormal: a whole number of units, and rint rounds halves to even
            return (short) (sign | (int) Math.rint(Math.abs(value) / (double) F16_SUBNORMAL_UNIT));
        }
        int rounded = roundToEven(magnitude, 13) - (112 << 10);
        return (short) (sign | Math.min(rounded, F16_INFINITY));
    }

    /** The value of a bfloat16 bit pattern; exact. */
    public static float fromBf16(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /** The bfloat16 bit pattern nearest to a value. */
    public static short toBf16(float value) {
        int bits = Float.floatToRawIntBits(value);
        int magnitude = bits & 0x7fffffff;
        int sign = (bits >>> 16) & 0x8000;
        if (magnitude > 0x7f800000) {
            return (short) (sign | 0x7fc0);
        }
        return (short) (sign | roundToEven(magnitude, 16));
    }

    /** Drops the low bits of a magnitude; a carry into the exponent is the right answer. */
    private static int roundToEven(int magnitude, int drop) {
        int half = (1 << (drop - 1)) - 1;
        int odd = (magnitude >>> drop) & 1;
        return (magnitude + half + odd) >>> drop;
    }
}
