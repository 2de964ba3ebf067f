package duello.studio.run;

import duello.catalog.Failure;
import duello.io.Background;
import duello.io.ImageOptions;
import duello.io.Images;
import duello.io.Rgb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The same latents through a run's time in one picture, made of its pictures of samples: a row for each latent, a column for
 * each iteration, the earliest on the left.
 */
public final class ThroughTime {
    private static final String FILE = "through-time.png";
    private static final int MOST_ROWS = 8;
    private static final int MOST_COLUMNS = 12;

    private ThroughTime() {}

    /** Where it is in a run's folder of samples, if there is one. */
    public static Optional<Path> in(Path samples) {
        Path file = samples.resolve(FILE);
        return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    }

    /**
     * Writes it where there are at least two pictures of samples.
     *
     * @param side height and width of an image
     */
    public static void write(RunFolder folder, int side) {
        List<Path> sheets = sheets(folder.samples());
        if (sheets.size() > 1) {
            Pictures.write(folder.samples().resolve(FILE), of(sheets, side));
        }
    }

    private static List<Path> sheets(Path samples) {
        if (!Files.isDirectory(samples)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(samples)) {
            List<Path> all = files.filter(f -> String.valueOf(f.getFileName()).matches("step-\\d+\\.png"))
                    .sorted()
                    .toList();
            int columns = Math.min(all.size(), MOST_COLUMNS);
            return Stream.iterate(0, i -> i + 1)
                    .limit(columns)
                    .map(i -> all.get(columns == 1 ? 0 : i * (all.size() - 1) / (columns - 1)))
                    .toList();
        } catch (IOException e) {
            throw new Failure(samples + " cannot be read; check its permissions", e);
        }
    }

    private static Rgb of(List<Path> sheets, int side) {
        List<List<Rgb>> columns = sheets.stream()
                .map(s -> SampleSheet.firstRow(Images.decode(s, ImageOptions.DEFAULT), side))
                .toList();
        int rows =
                Math.min(MOST_ROWS, columns.stream().mapToInt(List::size).min().orElse(0));
        List<Rgb> all = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            for (List<Rgb> column : columns) {
                all.add(column.get(row));
            }
        }
        return Images.grid(all, columns.size(), SampleSheet.PADDING, Background.WHITE);
    }
}
