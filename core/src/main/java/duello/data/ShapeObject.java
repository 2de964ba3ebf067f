package duello.data;

import duello.data.Brush.Texture;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.util.Locale;

/** The ten objects of {@link Shapes}, each drawn upright in {@code [-1, 1]} by {@code [-1, 1]}. */
enum ShapeObject {
    HEART(ShapeObject::heart),
    STAR(ShapeObject::star),
    HOUSE(ShapeObject::house),
    TREE(ShapeObject::tree),
    FISH(ShapeObject::fish),
    BOAT(ShapeObject::boat),
    MUSHROOM(ShapeObject::mushroom),
    MUG(ShapeObject::mug),
    FLOWER(ShapeObject::flower),
    CAR(ShapeObject::car);

    private static final Color WOOD = new Color(0x8A5A3C);
    private static final Color GLASS = new Color(0xCDEBFA);
    private static final Color DARK = new Color(0x3A3348);
    private static final Color LEAF = new Color(0x58A858);
    private static final Color SHINE = Tint.translucent(Tint.WHITE, 0.55);
    private static final Color SHADOW = Tint.translucent(Tint.darker(Tint.WHITE, 1), 0.2);

    private final Drawing drawing;

    ShapeObject(Drawing drawing) {
        this.drawing = drawing;
    }

    /** The colours and the texture of one object. */
    record Look(Color main, Color second, Texture texture) {}

    private interface Drawing {
        void draw(Brush brush, Look look);
    }

    void draw(Brush brush, Look look) {
        drawing.draw(brush, look);
    }

    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static void heart(Brush b, Look look) {
        Shape heart = Outline.path("M 0 0.88 C -0.35 0.5 -0.95 0.2 -0.95 -0.32 C -0.95 -0.9 -0.22 -1 0 -0.46"
                + " C 0.22 -1 0.95 -0.9 0.95 -0.32 C 0.95 0.2 0.35 0.5 0 0.88 Z");
        b.solid(heart, look.main, look.texture);
        b.line(Outline.path("M -0.7 -0.28 Q -0.68 -0.58 -0.42 -0.6"), SHINE, 0.13);
    }

    private static void star(Brush b, Look look) {
        b.solid(starPath(0.98, 0.5), look.main, look.texture);
        b.flat(starPath(0.5, 0.25), Tint.translucent(look.second, 0.85));
    }

    private static Shape starPath(double outer, double inner) {
        StringBuilder data = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            double angle = Math.PI * i / 5;
            double radius = i % 2 == 0 ? outer : inner;
            data.append(i == 0 ? "M " : "L ")
                    .append(radius * StrictMath.sin(angle))
                    .append(' ')
                    .append(0.06 - radius * StrictMath.cos(angle))
                    .append(' ');
        }
        return Outline.path(data.append('Z').toString());
    }

    private static void house(Brush b, Look look) {
        b.solid(Outline.box(0.32, -0.8, 0.56, -0.2, 0.02), WOOD);
        b.solid(Outline.box(-0.68, -0.15, 0.68, 0.88, 0.03), Tint.mix(look.second, Tint.CREAM, 0.55));
        b.solid(Outline.path("M -0.95 0 L 0 -0.92 L 0.95 0 Z"), look.main, look.texture);
        b.solid(Outline.box(-0.46, 0.26, -0.08, 0.88, 0.05), Tint.darker(look.main, 0.2));
        b.solid(Outline.box(0.14, 0.22, 0.5, 0.56, 0.03), GLASS);
    }

    private static void tree(Brush b, Look look) {
        b.solid(Outline.box(-0.15, 0.5, 0.15, 0.95, 0.03), WOOD);
        Color low = Tint.darker(look.main, 0.2);
        b.solid(Outline.path("M 0 -0.25 L 0.82 0.66 Q 0 0.8 -0.82 0.66 Z"), low, look.texture);
        b.solid(Outline.path("M 0 -0.6 L 0.66 0.22 Q 0 0.36 -0.66 0.22 Z"), Tint.darker(look.main, 0.1), look.texture);
        b.solid(Outline.path("M 0 -0.98 L 0.5 -0.24 Q 0 -0.12 -0.5 -0.24 Z"), look.main, look.texture);
    }

    private static void fish(Brush b, Look look) {
        b.solid(Outline.path("M 0.42 0 L 0.95 -0.52 Q 0.8 0 0.95 0.52 Z"), look.second);
        b.solid(Outline.path("M -0.3 -0.4 Q 0.05 -0.95 0.4 -0.62 L 0.3 -0.2 Z"), look.second);
        b.solid(
                Outline.path("M -0.95 0.05 C -0.6 -0.75 0.3 -0.7 0.62 0 C 0.3 0.75 -0.6 0.75 -0.95 0.05 Z"),
                look.main,
                look.texture);
        b.line(Outline.path("M -0.3 -0.44 Q -0.1 0.02 -0.3 0.48"), Tint.darker(look.main, 0.45), 0.06);
        b.flat(Outline.circle(-0.56, -0.12, 0.16), Tint.WHITE);
        b.flat(Outline.circle(-0.58, -0.12, 0.09), DARK);
        b.solid(Outline.path("M -0.08 0.12 Q 0.25 0.1 0.3 0.4 Q 0 0.45 -0.08 0.12 Z"), look.second);
    }

    private static void boat(Brush b, Look look) {
        b.line(Outline.path("M 0 -0.92 L 0 0.4"), WOOD, 0.1);
        b.solid(Outline.path("M 0.1 -0.85 Q 0.75 -0.35 0.8 0.22 L 0.1 0.22 Z"), look.main, look.texture);
        b.solid(
                Outline.path("M -0.1 -0.62 Q -0.5 -0.25 -0.66 0.22 L -0.1 0.22 Z"),
                Tint.mix(look.main, Tint.WHITE, 0.55));
        b.solid(
                Outline.path("M -0.92 0.4 L 0.92 0.4 Q 0.8 0.85 0.5 0.9 L -0.5 0.9 Q -0.8 0.85 -0.92 0.4 Z"),
                Tint.mix(look.second, WOOD, 0.35));
    }

    private static void mushroom(Brush b, Look look) {
        b.solid(Outline.path("M -0.3 0 Q -0.24 0.5 -0.4 0.82 Q 0 1 0.4 0.82 Q 0.24 0.5 0.3 0 Z"), Tint.CREAM);
        b.solid(
                Outline.path("M -0.95 0.1 C -0.95 -1.2 0.95 -1.2 0.95 0.1 Q 0 0.4 -0.95 0.1 Z"),
                look.main,
                look.texture);
        b.flat(Outline.ellipse(-0.42, -0.28, 0.2, 0.18), Tint.CREAM);
        b.flat(Outline.ellipse(0.16, -0.54, 0.19, 0.15), Tint.CREAM);
        b.flat(Outline.ellipse(0.52, -0.1, 0.17, 0.17), Tint.CREAM);
    }

    private static void mug(Brush b, Look look) {
        Color dark = Tint.darker(look.main, 0.55);
        b.line(Outline.ellipse(0.5, 0.2, 0.34, 0.34), dark, 0.28);
        b.line(Outline.ellipse(0.5, 0.2, 0.34, 0.34), look.main, 0.15);
        b.solid(
                Outline.path(
                        "M -0.8 -0.35 L 0.5 -0.35 L 0.46 0.7 Q 0.44 0.88 0.26 0.88 L -0.56 0.88 Q -0.74 0.88 -0.76 0.7 Z"),
                look.main,
                look.texture);
        b.solid(Outline.ellipse(-0.15, -0.35, 0.65, 0.16), Tint.mix(WOOD, DARK, 0.3));
        b.line(Outline.path("M -0.4 -0.62 Q -0.54 -0.74 -0.4 -0.84 Q -0.28 -0.92 -0.38 -1"), SHINE, 0.1);
        b.line(Outline.path("M 0.06 -0.62 Q -0.08 -0.74 0.06 -0.84 Q 0.18 -0.92 0.08 -1"), SHINE, 0.1);
    }

    private static void flower(Brush b, Look look) {
        Shape petal = Outline.ellipse(0, -0.6, 0.3, 0.36);
        for (int i = 0; i < 6; i++) {
            b.solid(
                    AffineTransform.getRotateInstance(Math.PI * i / 3).createTransformedShape(petal),
                    look.main,
                    look.texture);
        }
        b.solid(Outline.circle(0, 0, 0.34), Tint.mix(look.second, new Color(0xFFD23F), 0.5));
    }

    private static void car(Brush b, Look look) {
        b.flat(Outline.ellipse(0, 0.72, 0.9, 0.12), SHADOW);
        b.solid(
                Outline.path(
                        "M -0.58 -0.02 L -0.38 -0.48 Q -0.33 -0.58 -0.2 -0.58 L 0.22 -0.58 Q 0.34 -0.58 0.4 -0.48 L 0.66 -0.02 Z"),
                look.main);
        b.flat(Outline.path("M -0.42 -0.06 L -0.28 -0.42 L -0.05 -0.42 L -0.05 -0.06 Z"), GLASS);
        b.flat(Outline.path("M 0.07 -0.06 L 0.07 -0.42 L 0.28 -0.42 L 0.48 -0.06 Z"), GLASS);
        b.solid(
                Outline.path(
                        "M -0.96 0.5 L -0.96 0.18 Q -0.95 -0.03 -0.7 -0.05 L 0.66 -0.05 Q 0.92 0 0.96 0.26 L 0.96 0.5 Z"),
                look.main,
                look.texture);
        b.flat(Outline.circle(-0.84, 0.18, 0.09), Tint.mix(look.second, Tint.WHITE, 0.4));
        for (double x : new double[] {-0.5, 0.5}) {
            b.flat(Outline.circle(x, 0.5, 0.27), DARK);
            b.flat(Outline.circle(x, 0.5, 0.12), Tint.CREAM);
        }
    }
}
