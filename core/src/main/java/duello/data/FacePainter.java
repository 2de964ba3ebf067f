package duello.data;

import duello.data.Face.Colours;
import duello.data.Face.Features;
import duello.data.Face.Pose;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;

/** Draws a {@link Face}: what stands behind, shoulders, head, features and hair, from the back to the front. */
final class FacePainter {
    private static final Rectangle2D ALL = new Rectangle2D.Double(-1.05, -1.05, 2.1, 2.1);
    private static final Color DARK = new Color(0x2C2438);
    private static final Color LIPS = new Color(0xB23A48);
    private static final double EYE_X = 0.23;
    private static final double EYE_Y = 0.08;

    private FacePainter() {}

    static void paint(Graphics2D graphics, Face face, FaceStyle style) {
        FaceBrush brush = new FaceBrush(graphics, style);
        Colours colours = face.colours();
        brush.behind(ALL, colours.behind());
        brush.behind(Outline.circle(0, -0.05, 0.96), Tint.lighter(colours.behind(), 0.4));
        Pose pose = face.pose();
        graphics.translate(pose.x(), pose.y());
        graphics.scale(pose.width(), pose.height());
        AffineTransform upright = graphics.getTransform();
        graphics.rotate(pose.tilt(), 0, 0.8);
        face.hair().drawBehind(brush, colours);
        AffineTransform tilted = graphics.getTransform();
        graphics.setTransform(upright);
        shoulders(brush, colours);
        graphics.setTransform(tilted);
        head(brush, colours);
        if (face.hair() == Hair.BEARD) {
            face.hair().drawBefore(brush, colours);
        }
        features(brush, face);
        if (face.hair() != Hair.BEARD) {
            face.hair().drawBefore(brush, colours);
        }
        if (face.features().glasses()) {
            glasses(brush);
        }
    }

    private static void shoulders(FaceBrush brush, Colours colours) {
        brush.skin(Outline.box(-0.17, 0.5, 0.17, 0.95, 0.1), Tint.darker(colours.skin(), 0.12));
        brush.area(
                Outline.path("M -0.85 1.2 Q -0.8 0.86 -0.3 0.8 Q 0 0.96 0.3 0.8 Q 0.8 0.86 0.85 1.2 Z"),
                colours.clothes());
    }

    private static void head(FaceBrush brush, Colours colours) {
        brush.skin(Outline.circle(-0.6, 0.12, 0.13), colours.skin());
        brush.skin(Outline.circle(0.6, 0.12, 0.13), colours.skin());
        brush.skin(
                Outline.path("M 0 -0.68 C 0.42 -0.68 0.62 -0.34 0.6 0.06 C 0.58 0.44 0.34 0.74 0 0.74"
                        + " C -0.34 0.74 -0.58 0.44 -0.6 0.06 C -0.62 -0.34 -0.42 -0.68 0 -0.68 Z"),
                colours.skin());
        Color blush = Tint.mix(colours.skin(), new Color(0xF0707A), 0.3);
        brush.cheek(Outline.ellipse(-0.38, 0.3, 0.12, 0.08), blush);
        brush.cheek(Outline.ellipse(0.38, 0.3, 0.12, 0.08), blush);
    }

    private static void features(FaceBrush brush, Face face) {
        Features features = face.features();
        for (int side = -1; side <= 1; side += 2) {
            eye(brush, side, features);
        }
        Color nose = Tint.darker(face.colours().skin(), 0.45);
        brush.line(Outline.path("M 0.02 0.14 Q 0.1 0.3 -0.04 0.31"), nose, 0.06);
        mouth(brush, features.mouth());
    }

    private static void eye(FaceBrush brush, int side, Features features) {
        double x = side * EYE_X;
        double size = features.eyeSize();
        brush.spot(Outline.ellipse(x, EYE_Y, 0.15 * size, 0.17 * size), Tint.WHITE);
        brush.spot(Outline.circle(x + 0.035 * features.gaze(), EYE_Y + 0.01, 0.095 * size), DARK);
        double slope = side * features.browTilt() * 0.16;
        double y = EYE_Y - 0.27 * size;
        brush.line(new Line2D.Double(x - 0.15, y + slope, x + 0.15, y - slope), DARK, 0.075);
    }

    private static void mouth(FaceBrush brush, Face.Mouth mouth) {
        switch (mouth) {
            case SMILE -> brush.line(Outline.path("M -0.2 0.44 Q 0 0.62 0.2 0.44"), LIPS, 0.08);
            case GRIN -> {
                brush.spot(Outline.path("M -0.25 0.42 L 0.25 0.42 Q 0.2 0.66 0 0.66 Q -0.2 0.66 -0.25 0.42 Z"), LIPS);
                brush.spot(Outline.box(-0.17, 0.42, 0.17, 0.5, 0.02), Tint.WHITE);
            }
            case STRAIGHT -> brush.line(new Line2D.Double(-0.15, 0.5, 0.15, 0.5), LIPS, 0.08);
            case SURPRISED -> brush.spot(Outline.ellipse(0, 0.52, 0.11, 0.13), LIPS);
        }
    }

    private static void glasses(FaceBrush brush) {
        brush.line(Outline.circle(-0.27, EYE_Y, 0.23), DARK, 0.07);
        brush.line(Outline.circle(0.27, EYE_Y, 0.23), DARK, 0.07);
        brush.line(new Line2D.Double(-0.5, EYE_Y, -0.6, EYE_Y - 0.03), DARK, 0.07);
        brush.line(new Line2D.Double(0.5, EYE_Y, 0.6, EYE_Y - 0.03), DARK, 0.07);
    }
}
