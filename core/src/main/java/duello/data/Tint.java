package duello.data;

import java.awt.Color;

/** Mixing of colours. */
final class Tint {
    static final Color WHITE = new Color(0xFFFFFF);
    static final Color CREAM = new Color(0xFFF6E3);
    /** What darkens: a plum, not black, which would look dirty. */
    private static final Color SHADE = new Color(0x2B1B3D);

    private Tint() {}

    /** {@code (1 - amount) * from + amount * to}, in each of red, green and blue. */
    static Color mix(Color from, Color to, double amount) {
        return new Color(
                between(from.getRed(), to.getRed(), amount),
                between(from.getGreen(), to.getGreen(), amount),
                between(from.getBlue(), to.getBlue(), amount));
    }

    static Color lighter(Color colour, double amount) {
        return mix(colour, WHITE, amount);
    }

    static Color darker(Color colour, double amount) {
        return mix(colour, SHADE, amount);
    }

    static Color translucent(Color colour, double opacity) {
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), (int) Math.round(255 * opacity));
    }

    /** How far apart two colours look, roughly: the Euclidean distance in {@code 0 .. 442}. */
    static double distance(Color a, Color b) {
        int red = a.getRed() - b.getRed();
        int green = a.getGreen() - b.getGreen();
        int blue = a.getBlue() - b.getBlue();
        return Math.sqrt(red * red + green * green + blue * blue);
    }

    /** How light a colour looks, {@code 0 .. 1}: luma by the weights of ITU-R BT.601. */
    static double lightness(Color c) {
        return (0.299 * c.getRed() + 0.587 * c.getGreen() + 0.114 * c.getBlue()) / 255;
    }

    /** Pushes a colour away from the grey of its lightness by {@code factor}, as far as there is room. */
    static Color vivid(Color c, double factor) {
        double grey = 255 * lightness(c);
        return new Color(
                pushed(c.getRed(), grey, factor),
                pushed(c.getGreen(), grey, factor),
                pushed(c.getBlue(), grey, factor));
    }

    /** The colour as a lamp would show it: vivid, and light however dark it was. */
    static Color glowing(Color c) {
        Color vivid = vivid(c, 2.2);
        int most = Math.max(1, Math.max(vivid.getRed(), Math.max(vivid.getGreen(), vivid.getBlue())));
        double gain = 255.0 / most;
        return new Color(
                (int) (vivid.getRed() * gain), (int) (vivid.getGreen() * gain), (int) (vivid.getBlue() * gain));
    }

    private static int pushed(int value, double grey, double factor) {
        return (int) Math.round(Math.max(0, Math.min(255, grey + factor * (value - grey))));
    }

    private static int between(int from, int to, double amount) {
        return (int) Math.round(from + amount * (to - from));
    }
}
