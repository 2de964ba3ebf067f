package duello.data;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;

/** The few strokes of which every picture is made: flat, shaded and outlined areas, lines, and gentle textures. */
final class Brush {
    private final Graphics2D graphics;
    private final float lineWidth;

    /** @param lineWidth of outlines, in the units of {@link Canvas} */
    Brush(Graphics2D graphics, double lineWidth) {
        this.graphics = graphics;
        this.lineWidth = (float) lineWidth;
    }

    /** What lies on a body: nothing, or lines or spots a little lighter than it. */
    enum Texture {
        PLAIN,
        STRIPED,
        DOTTED
    }

    Graphics2D graphics() {
        return graphics;
    }

    void flat(Shape shape, Color colour) {
        graphics.setPaint(colour);
        graphics.fill(shape);
    }

    /** Lit from above on the left, with a darker outline. */
    void solid(Shape shape, Color colour) {
        solid(shape, colour, Texture.PLAIN);
    }

    void solid(Shape shape, Color colour, Texture texture) {
        gradient(shape, Tint.lighter(colour, 0.22), Tint.darker(colour, 0.16));
        texture(shape, Tint.translucent(Tint.WHITE, 0.3), texture, 0.36);
        line(shape, Tint.darker(colour, 0.55), lineWidth);
    }

    void gradient(Shape shape, Color from, Color to) {
        Rectangle2D b = shape.getBounds2D();
        graphics.setPaint(new GradientPaint(
                (float) (b.getMinX() + 0.25 * b.getWidth()),
                (float) b.getMinY(),
                from,
                (float) (b.getMaxX() - 0.25 * b.getWidth()),
                (float) b.getMaxY(),
                to));
        graphics.fill(shape);
    }

    void line(Shape shape, Color colour, double width) {
        graphics.setPaint(colour);
        graphics.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.draw(shape);
    }

    /** Repeats lines or spots every {@code step}, cut off at the shape's edge. */
    void texture(Shape shape, Color colour, Texture texture, double step) {
        if (texture == Texture.PLAIN) {
            return;
        }
        Shape before = graphics.getClip();
        graphics.clip(shape);
        Rectangle2D b = shape.getBounds2D();
        if (texture == Texture.STRIPED) {
            stripes(b, colour, step);
        } else {
            dots(b, colour, step);
        }
        graphics.setClip(before);
    }

    private void stripes(Rectangle2D b, Color colour, double step) {
        double slope = b.getHeight();
        for (double x = b.getMinX() - slope + step / 2; x < b.getMaxX(); x += step) {
            line(new Line2D.Double(x, b.getMaxY(), x + slope, b.getMinY()), colour, 0.36 * step);
        }
    }

    private void dots(Rectangle2D b, Color colour, double step) {
        int row = 0;
        for (double y = b.getMinY() + step / 3; y < b.getMaxY(); y += step * 0.86) {
            double shift = row++ % 2 == 0 ? step / 3 : step * 5 / 6;
            for (double x = b.getMinX() + shift - step; x < b.getMaxX(); x += step) {
                flat(Outline.circle(x, y, 0.26 * step), colour);
            }
        }
    }
}
