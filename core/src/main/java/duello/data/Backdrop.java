package duello.data;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.Random;

/** What stands behind an object: a pale gradient, sometimes with a faint large pattern, that keeps off its colour. */
final class Backdrop {
    private static final double LEAST_DISTANCE = 95;
    private static final Rectangle2D ALL = new Rectangle2D.Double(-1.05, -1.05, 2.1, 2.1);
    private static final Color[] COLOURS = {
        new Color(0xCDEFE0),
        new Color(0xCFE6FA),
        new Color(0xDFD7F5),
        new Color(0xFDDFCB),
        new Color(0xFCF1C6),
        new Color(0xFBD9E1),
        new Color(0xEDE4D4),
        new Color(0x9CC9E3),
        new Color(0xB9DDA8)
    };

    private Backdrop() {}

    static void paint(Graphics2D graphics, Color object, Random random) {
        Color base = choose(object, random);
        boolean lightAbove = random.nextBoolean();
        Color light = Tint.lighter(base, 0.45);
        graphics.setPaint(new GradientPaint(0, lightAbove ? -1 : 1, light, 0, lightAbove ? 1 : -1, base));
        graphics.fill(ALL);
        Color faint = Tint.translucent(Tint.WHITE, 0.35);
        switch (random.nextInt(4)) {
            case 0 -> hill(graphics, base, random);
            case 1 -> disc(graphics, faint, random);
            default -> {
                // Half of the images keep the plain gradient.
            }
        }
    }

    /** A colour that stands off from the object's. */
    static Color choose(Color object, Random random) {
        int first = random.nextInt(COLOURS.length);
        for (int i = 0; i < COLOURS.length; i++) {
            Color colour = COLOURS[(first + i) % COLOURS.length];
            if (Tint.distance(colour, object) >= LEAST_DISTANCE) {
                return colour;
            }
        }
        return Tint.WHITE;
    }

    private static void hill(Graphics2D graphics, Color base, Random random) {
        graphics.setPaint(Tint.darker(base, 0.12));
        double top = 0.35 + 0.3 * random.nextDouble();
        graphics.fill(Outline.ellipse(0.8 * (random.nextDouble() - 0.5), top + 1.5, 2.6, 1.5));
    }

    private static void disc(Graphics2D graphics, Color faint, Random random) {
        graphics.setPaint(faint);
        graphics.fill(Outline.circle(0.2 * random.nextDouble() - 0.1, 0.2 * random.nextDouble() - 0.1, 0.92));
    }
}
