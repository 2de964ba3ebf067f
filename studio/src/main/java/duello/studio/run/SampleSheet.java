package duello.studio.run;

import duello.io.Background;
import duello.io.Images;
import duello.io.Rgb;
import duello.torch.Scope;
import duello.train.Sampler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * One picture that shows what a generator can do: a row for each class, the same latents in every row and at every
 * iteration, so that classes can be compared, and times. A generator that makes the same of every class fills the rows with
 * further latents. The sampler should not use batch statistics, for a batch here is
 * of one class.
 *
 * @param classes of the generator
 * @param columns pictures in a row
 * @param seed of the latents
 */
public record SampleSheet(int classes, int columns, long seed) {
    private static final int MOST_ROWS = 20;
    static final int PADDING = 2;

    /** The classes shown: all, or evenly chosen ones when there are very many. One class fills several rows. */
    List<Long> rows() {
        List<Long> rows = new ArrayList<>();
        int count = Math.min(classes, MOST_ROWS);
        for (int row = 0; row < count; row++) {
            rows.add((long) row * classes / count);
        }
        return rows;
    }

    /** Draws the sheet. */
    public Rgb draw(Sampler sampler) {
        List<Rgb> pictures = new ArrayList<>();
        List<Long> rows = tellsClassesApart(sampler) ? rows() : List.of(0L);
        int across = rows.size() == 1 ? columns * Math.min(columns, 8) : columns;
        for (long label : rows) {
            long[] labels = new long[across];
            Arrays.fill(labels, label);
            try (Scope scope = Scope.open()) {
                pictures.addAll(Pictures.of(sampler.images(seed, 0, labels)));
            }
        }
        return Images.grid(pictures, columns, PADDING, Background.WHITE);
    }

    private boolean tellsClassesApart(Sampler sampler) {
        if (classes < 2) {
            return false;
        }
        try (Scope scope = Scope.open()) {
            Tensor one = sampler.images(seed, 0, new long[] {0});
            return !one.equal(sampler.images(seed, 0, new long[] {classes - 1L}));
        }
    }

    /** The images in the first row of a sheet: those of its first class, each of another latent. */
    static List<Rgb> firstRow(Rgb sheet, int side) {
        List<Rgb> row = new ArrayList<>();
        for (int left = PADDING; left + side <= sheet.width(); left += side + PADDING) {
            row.add(sheet.crop(left, PADDING, side, side));
        }
        return row;
    }
}
