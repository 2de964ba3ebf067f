package duello.data;

import java.awt.Color;
import java.util.Random;

/**
 * One person of {@link Faces}, apart from the style in which they are drawn.
 *
 * @param hair the class
 * @param colours of skin, hair, clothes and what stands behind
 * @param features what the face does and wears
 * @param pose how the head is held
 */
record Face(Hair hair, Colours colours, Features features, Pose pose) {
    private static final Color[] SKINS = {
        new Color(0xFFE0C7), new Color(0xF7CBA4), new Color(0xE3AC7D), new Color(0xBF8458), new Color(0x8F5B3C)
    };
    private static final Color[] HAIRS = {
        new Color(0x33283A),
        new Color(0x6E4428),
        new Color(0xB4502C),
        new Color(0xEBC45E),
        new Color(0x918EA8),
        new Color(0x2F8F93),
        new Color(0xDD6C9D)
    };
    private static final double LEAST_DISTANCE = 85;

    record Colours(Color skin, Color hair, Color clothes, Color behind) {}

    enum Mouth {
        SMILE,
        GRIN,
        STRAIGHT,
        SURPRISED
    }

    /**
     * @param browTilt of the brows in radians, from worried to cross
     * @param eyeSize as a factor
     * @param gaze where the pupils look, left to right in {@code -1 .. 1}
     */
    record Features(Mouth mouth, boolean glasses, double browTilt, double eyeSize, double gaze) {}

    /**
     * @param tilt of the head in radians
     * @param x shift to the right
     * @param y shift down
     * @param width as a factor
     * @param height as a factor
     */
    record Pose(double tilt, double x, double y, double width, double height) {}

    /** The same numbers give the same person, whatever the style. */
    static Face random(Hair hair, Random random) {
        Color skin = pick(SKINS, random);
        Color hairColour = pick(HAIRS, random);
        while (Tint.distance(skin, hairColour) < LEAST_DISTANCE) {
            hairColour = pick(HAIRS, random);
        }
        ColourFamily[] families = ColourFamily.values();
        Color clothes = families[random.nextInt(families.length)].main();
        Colours colours = new Colours(skin, hairColour, clothes, Backdrop.choose(hairColour, random));
        Mouth[] mouths = Mouth.values();
        Features features = new Features(
                mouths[random.nextInt(mouths.length)],
                random.nextInt(4) == 0,
                around(random, 0.3),
                1 + around(random, 0.12),
                around(random, 1));
        Pose pose = new Pose(
                around(random, 0.1),
                around(random, 0.06),
                around(random, 0.04),
                1 + around(random, 0.07),
                1 + around(random, 0.06));
        return new Face(hair, colours, features, pose);
    }

    private static Color pick(Color[] colours, Random random) {
        return colours[random.nextInt(colours.length)];
    }

    private static double around(Random random, double most) {
        return most * (2 * random.nextDouble() - 1);
    }
}
