package duello.recipe;

import java.math.BigDecimal;

/** Numbers as people write them. */
final class Numbers {
    private Numbers() {}

    /**
     * The shortest text that reads back as the same number: {@code 64}, {@code 0.5}, {@code 2e-4}. Whole numbers have no
     * point, since settings take integers where fractions are allowed.
     */
    static String text(double value) {
        if (!Double.isFinite(value)) {
            return value > 0 ? "infinity" : value < 0 ? "-infinity" : "nan";
        }
        BigDecimal exact = new BigDecimal(Double.toString(value));
        if (exact.signum() == 0) {
            return 1 / value < 0 ? "-0.0" : "0";
        }
        BigDecimal digits = exact.stripTrailingZeros();
        double size = Math.abs(value);
        if (size >= 1e-3 && size < 1e12) {
            return digits.toPlainString();
        }
        int exponent = digits.precision() - digits.scale() - 1;
        return digits.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
    }
}
