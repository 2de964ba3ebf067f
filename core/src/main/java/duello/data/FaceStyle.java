package duello.data;

import java.awt.Color;
import java.util.function.UnaryOperator;

/** The hands in which {@link Faces} are drawn: the same people, each time as another domain. */
public enum FaceStyle {
    /** Softly shaded, with fine outlines. */
    NATURAL(c -> c, c -> Tint.darker(c, 0.55), c -> c, 0.05),
    /** Pencil on paper, dark parts hatched. */
    SKETCH(FaceStyle::paper, c -> Paints.GRAPHITE, FaceStyle::paperOrGraphite, 0.05),
    /** Flat, loud colours with thick outlines. */
    POP(c -> Tint.vivid(c, 1.9), c -> Paints.MIDNIGHT, c -> c, 0.085),
    /** As natural, in squares of a sixteenth of the image. */
    MOSAIC(c -> c, c -> Tint.darker(c, 0.4), c -> c, 0.05),
    /** Black on white only. */
    INK(FaceStyle::blackOrWhite, c -> Paints.BLACK, FaceStyle::blackOrWhite, 0.075),
    /** Bright lines in the dark. */
    NEON(c -> Tint.mix(Paints.MIDNIGHT, c, 0.12), c -> Tint.glowing(c), c -> Tint.glowing(c), 0.08);

    private final UnaryOperator<Color> area;
    private final UnaryOperator<Color> outline;
    private final UnaryOperator<Color> mark;
    private final double lineWidth;

    FaceStyle(UnaryOperator<Color> area, UnaryOperator<Color> outline, UnaryOperator<Color> mark, double lineWidth) {
        this.area = area;
        this.outline = outline;
        this.mark = mark;
        this.lineWidth = lineWidth;
    }

    /** How a part that is really of this colour is filled. */
    Color area(Color real) {
        return area.apply(real);
    }

    /** How skin of this colour is filled: apart, because features must be seen on it in every style. */
    Color skin(Color real) {
        return switch (this) {
            case INK -> Tint.WHITE;
            case SKETCH -> Tint.mix(Paints.PAPER, Paints.GRAPHITE, 0.3 * Math.max(0, 0.8 - Tint.lightness(real)));
            case NATURAL, POP, MOSAIC, NEON -> area(real);
        };
    }

    /** How what stands behind is filled. */
    Color behind(Color real) {
        return this == POP ? Tint.vivid(real, 3.5) : area(real);
    }

    /** How the edge of a part of this colour is drawn. */
    Color outline(Color real) {
        return outline.apply(real);
    }

    /** How small things of this colour are drawn: eyes, brows, mouth. */
    Color mark(Color real) {
        return mark.apply(real);
    }

    double lineWidth() {
        return lineWidth;
    }

    boolean shaded() {
        return this == NATURAL || this == MOSAIC;
    }

    boolean hatches(Color real) {
        return this == SKETCH && Tint.lightness(real) < 0.72;
    }

    private static Color paper(Color real) {
        return Tint.mix(Paints.PAPER, Paints.GRAPHITE, 0.5 * Math.max(0, 0.8 - Tint.lightness(real)));
    }

    private static Color paperOrGraphite(Color real) {
        return Tint.lightness(real) > 0.72 ? Paints.PAPER : Paints.GRAPHITE;
    }

    private static Color blackOrWhite(Color real) {
        return Tint.lightness(real) > 0.48 ? Tint.WHITE : Paints.BLACK;
    }

    /** Apart, because an enum's constants are made before its other fields. */
    private static final class Paints {
        static final Color GRAPHITE = new Color(0x55525E);
        static final Color PAPER = new Color(0xFBF7EC);
        static final Color MIDNIGHT = new Color(0x17132E);
        static final Color BLACK = new Color(0x101014);
    }
}
