package duello.data;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Range;
import duello.data.Brush.Texture;
import duello.data.ShapeObject.Look;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Ten everyday objects drawn in varying colour, pose, size, texture and surroundings: enough to be seen at a glance at
 * 32 pixels, needing no download. The same settings always give the same images
 * on one version of Java; another version may draw edges a shade differently, which the fingerprint tells.
 *
 * <p>With 100 classes each object in each of ten colours is a class of its own, with the label
 * {@code 10 * object + colour}.
 */
@Doc("ten drawn objects in many colours, poses and settings; built in, nothing to download")
public record Shapes(
        @Doc("height and width in pixels: 32, 64 or 128") @Default("32") @Range(min = 32, max = 128)
        int resolution,

        @Doc("how many training images") @Default("20000") @Range(min = 1, max = Procedural.MOST_IMAGES)
        int count,

        @Doc("how many images are held back for validation")
        @Default("4000")
        @Range(min = 1, max = Procedural.MOST_IMAGES)
        int validation,

        @Doc("10, one for each object, or 100, one for each object in each colour")
        @Default("10")
        @Range(min = 10, max = 100)
        int classes,

        @Doc("from which everything is drawn") @Default("0") long seed)
        implements DataSource {
    private static final double LINE_WIDTH = 0.07;

    /** @throws IllegalArgumentException if a setting is not among those that can be drawn */
    public Shapes {
        Procedural.check(resolution, count, validation);
        if (classes != 10 && classes != 100) {
            throw new IllegalArgumentException(
                    "classes must be 10 (objects) or 100 (objects in each colour), not " + classes);
        }
    }

    @Override
    public List<String> knownClasses() {
        return classNames();
    }

    @Override
    public Dataset open(Split split) {
        int images = split == Split.TRAIN ? count : validation;
        Procedural.Plan plan = new Procedural.Plan("shapes", seed, split, images, classNames());
        return Procedural.draw(plan, resolution, this::draw);
    }

    private List<String> classNames() {
        List<String> names = new ArrayList<>();
        for (ShapeObject object : ShapeObject.values()) {
            if (classes == 10) {
                names.add(object.title());
            } else {
                for (ColourFamily colour : ColourFamily.values()) {
                    names.add(colour.name().toLowerCase(Locale.ROOT) + " " + object.title());
                }
            }
        }
        return names;
    }

    private void draw(Graphics2D graphics, int label, Random random) {
        ColourFamily[] colours = ColourFamily.values();
        int any = random.nextInt(colours.length);
        ColourFamily colour = colours[classes == 10 ? any : label % colours.length];
        ShapeObject object = ShapeObject.values()[classes == 10 ? label : label / colours.length];
        Backdrop.paint(graphics, colour.main(), random);
        pose(graphics, random);
        object.draw(new Brush(graphics, LINE_WIDTH), look(colour, random));
    }

    private static void pose(Graphics2D graphics, Random random) {
        graphics.translate(around(random, 0.06), around(random, 0.06));
        graphics.rotate(StrictMath.toRadians(around(random, 15)));
        double size = 0.8 + 0.14 * random.nextDouble();
        graphics.scale(size, size);
    }

    private static Look look(ColourFamily colour, Random random) {
        Texture texture = random.nextInt(3) > 0 ? Texture.PLAIN : Texture.values()[1 + random.nextInt(2)];
        double light = around(random, 0.14);
        return new Look(
                light > 0 ? Tint.lighter(colour.main(), light) : Tint.darker(colour.main(), -light),
                colour.second(),
                texture);
    }

    /** Anything in {@code -most .. most}, all equally likely. */
    private static double around(Random random, double most) {
        return most * (2 * random.nextDouble() - 1);
    }
}
