package duello.data;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Range;
import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Drawn portraits whose parts have their places: eyes, brows, nose, mouth, glasses, and hair that names the class. The
 * same seed gives the same people in every {@link FaceStyle}, so that one style can be learnt from and another adapted
 * to with few images.
 */
@Doc("drawn portraits in eight classes of hair and several styles; built in, nothing to download")
public record Faces(
        @Doc("height and width in pixels: 32, 64 or 128") @Default("32") @Range(min = 32, max = 128)
        int resolution,

        @Doc("how many training images") @Default("20000") @Range(min = 1, max = Procedural.MOST_IMAGES)
        int count,

        @Doc("how many images are held back for validation")
        @Default("4000")
        @Range(min = 1, max = Procedural.MOST_IMAGES)
        int validation,

        @Doc("from which everything is drawn") @Default("0") long seed,

        @Doc("the hand in which they are drawn: natural, sketch, pop, mosaic, ink or neon") @Default("natural")
        FaceStyle style)
        implements DataSource {
    /** @throws IllegalArgumentException if a setting is not among those that can be drawn */
    public Faces {
        Procedural.check(resolution, count, validation);
    }

    @Override
    public List<String> knownClasses() {
        return Arrays.stream(Hair.values()).map(Hair::title).toList();
    }

    @Override
    public Dataset open(Split split) {
        int images = split == Split.TRAIN ? count : validation;
        Procedural.Plan plan = new Procedural.Plan("faces", seed, split, images, knownClasses());
        return Procedural.draw(plan, resolution, new Portraitist(resolution, style));
    }

    private record Portraitist(int resolution, FaceStyle style) implements Procedural.Artist {
        @Override
        public void draw(Graphics2D graphics, int label, Random random) {
            FacePainter.paint(graphics, Face.random(Hair.values()[label], random), style);
        }

        @Override
        public void finish(byte[] image) {
            if (style == FaceStyle.MOSAIC) {
                Mosaic.apply(image, resolution);
            }
        }
    }
}
