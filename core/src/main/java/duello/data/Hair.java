package duello.data;

import duello.data.Face.Colours;
import java.awt.Color;
import java.util.Locale;

/** The eight classes of {@link Faces}: what is on the head, in part behind it and in part before it. */
enum Hair {
    SHORT(Hair::nothing, Hair::sidePart),
    LONG(Hair::longBack, Hair::fringe),
    CURLY(Hair::curls, Hair::curlyFringe),
    BUN(Hair::bun, Hair::combedBack),
    SPIKY(Hair::nothing, Hair::spikes),
    PIGTAILS(Hair::pigtails, Hair::middlePart),
    BEARD(Hair::nothing, Hair::beard),
    HAT(Hair::hatHair, Hair::hat);

    private final Part behind;
    private final Part before;

    Hair(Part behind, Part before) {
        this.behind = behind;
        this.before = before;
    }

    private interface Part {
        void draw(FaceBrush brush, Colours colours);
    }

    /** What the head will cover. */
    void drawBehind(FaceBrush brush, Colours colours) {
        behind.draw(brush, colours);
    }

    /** What covers the head. */
    void drawBefore(FaceBrush brush, Colours colours) {
        before.draw(brush, colours);
    }

    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static void nothing(FaceBrush b, Colours c) {}

    private static void sidePart(FaceBrush b, Colours c) {
        b.area(
                Outline.path(
                        "M -0.62 0.06 C -0.76 -0.6 -0.4 -0.86 0.05 -0.84 C 0.55 -0.82 0.74 -0.45 0.62 0.06"
                                + " Q 0.56 -0.16 0.44 -0.28 Q 0 -0.26 -0.28 -0.46 Q -0.4 -0.28 -0.52 -0.2 Q -0.58 -0.08 -0.62 0.06 Z"),
                c.hair());
    }

    private static void longBack(FaceBrush b, Colours c) {
        b.area(
                Outline.path("M -0.84 1.02 C -0.98 0.2 -0.92 -0.9 0 -0.9 C 0.92 -0.9 0.98 0.2 0.84 1.02"
                        + " Q 0.5 1.1 0.3 0.9 L -0.3 0.9 Q -0.5 1.1 -0.84 1.02 Z"),
                c.hair());
    }

    private static void fringe(FaceBrush b, Colours c) {
        b.area(
                Outline.path("M -0.64 0.3 C -0.78 -0.6 -0.45 -0.84 0 -0.84 C 0.45 -0.84 0.78 -0.6 0.64 0.3"
                        + " Q 0.6 0 0.5 -0.2 Q 0 -0.34 -0.5 -0.2 Q -0.6 0 -0.64 0.3 Z"),
                c.hair());
    }

    private static void middlePart(FaceBrush b, Colours c) {
        b.area(
                Outline.path("M -0.62 0.16 C -0.74 -0.5 -0.45 -0.86 0 -0.86 C 0.45 -0.86 0.74 -0.5 0.62 0.16"
                        + " Q 0.55 -0.3 0 -0.58 Q -0.55 -0.3 -0.62 0.16 Z"),
                c.hair());
    }

    private static void curls(FaceBrush b, Colours c) {
        for (int i = -5; i <= 5; i++) {
            double angle = i * 0.44;
            b.area(Outline.circle(0.74 * StrictMath.sin(angle), -0.16 - 0.6 * StrictMath.cos(angle), 0.27), c.hair());
        }
        b.plain(Outline.ellipse(0, -0.2, 0.74, 0.6), c.hair());
    }

    private static void curlyFringe(FaceBrush b, Colours c) {
        for (double x : new double[] {-0.42, 0.42, -0.15, 0.15}) {
            b.area(Outline.circle(x, -0.5 + 0.3 * x * x, 0.2), c.hair());
        }
    }

    private static void bun(FaceBrush b, Colours c) {
        b.area(Outline.circle(0, -0.74, 0.24), c.hair());
        b.area(Outline.ellipse(0, -0.1, 0.66, 0.58), c.hair());
    }

    private static void combedBack(FaceBrush b, Colours c) {
        b.area(
                Outline.path("M -0.6 0 C -0.66 -0.4 -0.45 -0.7 0 -0.7 C 0.45 -0.7 0.66 -0.4 0.6 0"
                        + " Q 0.44 -0.4 0 -0.42 Q -0.44 -0.4 -0.6 0 Z"),
                c.hair());
        b.spot(Outline.box(-0.2, -0.66, 0.2, -0.55, 0.05), c.clothes());
    }

    private static void spikes(FaceBrush b, Colours c) {
        b.area(
                Outline.path(
                        "M -0.6 0.02 L -0.86 -0.36 L -0.6 -0.38 L -0.66 -0.8 L -0.34 -0.62 L -0.18 -0.98 L 0.04 -0.66"
                                + " L 0.34 -0.96 L 0.4 -0.6 L 0.74 -0.74 L 0.62 -0.36 L 0.88 -0.26 L 0.6 0.02"
                                + " L 0.46 -0.26 L 0.24 -0.16 L 0.06 -0.32 L -0.16 -0.16 L -0.32 -0.3 Z"),
                c.hair());
    }

    private static void pigtails(FaceBrush b, Colours c) {
        for (int side = -1; side <= 1; side += 2) {
            b.area(Outline.ellipse(side * 0.82, 0.24, 0.22, 0.5), c.hair());
            b.area(Outline.circle(side * 0.68, -0.24, 0.13), c.clothes());
        }
    }

    private static void beard(FaceBrush b, Colours c) {
        b.area(
                Outline.path("M -0.6 0.06 C -0.66 0.6 -0.4 0.98 0 0.98 C 0.4 0.98 0.66 0.6 0.6 0.06"
                        + " Q 0.5 0.3 0.3 0.26 Q 0 0.16 -0.3 0.26 Q -0.5 0.3 -0.6 0.06 Z"),
                c.hair());
    }

    private static void hatHair(FaceBrush b, Colours c) {
        b.area(Outline.box(-0.68, -0.3, 0.68, 0.36, 0.2), c.hair());
    }

    private static void hat(FaceBrush b, Colours c) {
        Color cap = c.clothes();
        b.area(Outline.circle(0, -0.84, 0.13), Tint.lighter(cap, 0.6));
        b.area(Outline.path("M -0.64 -0.3 C -0.7 -0.94 0.7 -0.94 0.64 -0.3 Z"), cap);
        b.area(Outline.box(-0.72, -0.46, 0.72, -0.2, 0.1), Tint.lighter(cap, 0.6));
    }
}
