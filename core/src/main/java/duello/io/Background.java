package duello.io;

import duello.catalog.Failure;
import java.util.Locale;

/**
 * What shines through transparent pixels: a colour, or nothing, in which case transparency is dropped and the stored
 * colours are taken as they are, as the published evaluations do.
 *
 * @param opaque false to drop transparency
 * @param rgb {@code 0xRRGGBB}
 */
public record Background(boolean opaque, int rgb) {
    public static final Background WHITE = new Background(true, 0xFFFFFF);
    public static final Background BLACK = new Background(true, 0);
    public static final Background DROP = new Background(false, 0);

    /**
     * Reads {@code white}, {@code black}, {@code drop} or {@code #rrggbb}.
     *
     * @throws Failure if it is none of these
     */
    public static Background parse(String text) {
        String t = text.trim().toLowerCase(Locale.ROOT);
        return switch (t) {
            case "white" -> WHITE;
            case "black" -> BLACK;
            case "drop" -> DROP;
            default -> {
                if (!t.matches("#[0-9a-f]{6}")) {
                    throw new Failure("background: '" + text + "' is no colour; write white, black, drop or #rrggbb");
                }
                yield new Background(true, Integer.parseInt(t.substring(1), 16));
            }
        };
    }

    /** One channel of this colour (0 red, 1 green, 2 blue), 0 .. 255. */
    int channel(int c) {
        return rgb >> (16 - 8 * c) & 0xFF;
    }

    /** {@code value} with the given opacity (0 .. 255) over this colour, rounded to the nearest. */
    int under(int value, int alpha, int c) {
        return opaque ? (value * alpha + channel(c) * (255 - alpha) + 127) / 255 : value;
    }
}
