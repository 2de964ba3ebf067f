package duello.data;

import duello.data.Brush.Texture;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;

/** Draws the parts of a face, given in their real colours, in one style. */
final class FaceBrush {
    private static final double HATCHING = 0.2;

    private final Brush brush;
    private final FaceStyle style;

    FaceBrush(Graphics2D graphics, FaceStyle style) {
        this.brush = new Brush(graphics, style.lineWidth());
        this.style = style;
    }

    /** A large part with an outline: hair, clothes. */
    void area(Shape shape, Color real) {
        fill(shape, style.area(real));
        if (style.hatches(real)) {
            brush.texture(shape, Tint.translucent(style.outline(real), 0.6), Texture.STRIPED, HATCHING);
        }
        brush.line(shape, style.outline(real), style.lineWidth());
    }

    /** Head, ears and neck. */
    void skin(Shape shape, Color real) {
        fill(shape, style.skin(real));
        brush.line(shape, style.outline(real), style.lineWidth());
    }

    private void fill(Shape shape, Color colour) {
        if (style.shaded()) {
            brush.gradient(shape, Tint.lighter(colour, 0.15), Tint.darker(colour, 0.12));
        } else {
            brush.flat(shape, colour);
        }
    }

    /** A patch of skin without an outline. */
    void cheek(Shape shape, Color real) {
        brush.flat(shape, style.skin(real));
    }

    /** A part of what stands behind. */
    void behind(Shape shape, Color real) {
        brush.flat(shape, style.behind(real));
    }

    /** Joins parts of the hair that lie under it. */
    void plain(Shape shape, Color real) {
        brush.flat(shape, style.area(real));
    }

    /** A small part without an outline: pupils, teeth. */
    void spot(Shape shape, Color real) {
        brush.flat(shape, style.mark(real));
    }

    /** A line of its own: brows, nose, mouth, glasses. */
    void line(Shape shape, Color real, double width) {
        brush.line(shape, style.mark(real), width);
    }
}
