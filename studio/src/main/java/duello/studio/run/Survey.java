package duello.studio.run;

import duello.analysis.Landscape;
import duello.analysis.Scaling;
import duello.catalog.Failure;
import duello.catalog.ProgressListener;
import duello.io.JsonLines;
import duello.method.Player;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The losses of a player around the weights of a checkpoint, as a file holds them: what was looked at in the first line,
 * then a place a line. One that was stopped goes on where it was.
 *
 * @param terms what was looked at
 * @param cells the places, row by row; a loss that is not finite there is left out
 * @param cosines of every further part's gradient with the adversarial one, at the centre
 */
public record Survey(Terms terms, List<Cell> cells, Map<String, Double> cosines) {
    /**
     * What a survey is a function of.
     *
     * @param run its name
     * @param step iterations done
     * @param weights digest of the player's weights
     * @param grid the places
     * @param images how many reals, and as many fakes
     * @param scaling of the directions
     * @param seed of the directions, latents and draws
     */
    public record Terms(
            String run, long step, String weights, Player player, Grid grid, int images, Scaling scaling, long seed) {
        /** What comes before the ending in the names of a survey's files. */
        public String fileName() {
            return run + "-" + player.key();
        }
    }

    /**
     * Where losses are looked at.
     *
     * @param points along each axis, an odd number, so that the centre is among them
     * @param reach the axes go from {@code -reach} to {@code reach}
     * @param axes 1 or 2
     */
    public record Grid(int points, double reach, int axes) {
        /** Every place on an axis. */
        public double[] axis() {
            return Landscape.axis(points, reach);
        }

        int size() {
            return axes == 1 ? points : points * points;
        }

        double x(int number) {
            return axis()[number % points];
        }

        double y(int number) {
            return axes == 1 ? 0 : axis()[number / points];
        }

        /** How far two neighbours are apart. */
        public double spacing() {
            return 2 * reach / (points - 1);
        }
    }

    /** The losses at a place. */
    public record Cell(double x, double y, Map<String, Double> losses) {}

    private record Line(
            @Nullable Terms terms,
            @Nullable Cell cell,
            @Nullable Map<String, Double> cosines) {}

    /**
     * Measures what the file does not hold yet.
     *
     * @param landscape opens the networks, which is not needed when all is there
     * @throws Failure if the file is of something else
     */
    public static Survey complete(Path file, Terms terms, Supplier<Landscape> landscape, ProgressListener listener) {
        boolean begun = Files.exists(file) && !JsonLines.read(file, Line.class).isEmpty();
        Survey there = begun ? read(file, terms) : new Survey(terms, List.of(), Map.of());
        if (there.cells.size() == terms.grid.size() && !there.cosines.isEmpty()) {
            return there;
        }
        try (JsonLines lines = JsonLines.append(file);
                Landscape open = landscape.get()) {
            if (!begun) {
                lines.add(new Line(terms, null, null));
            }
            for (int i = there.cells.size(); i < terms.grid.size(); i++) {
                listener.progress("the landscape of " + terms.fileName(), i, terms.grid.size());
                double x = terms.grid.x(i);
                double y = terms.grid.y(i);
                lines.add(new Line(null, new Cell(x, y, finite(open.at(x, y))), null));
            }
            listener.progress("the landscape of " + terms.fileName(), terms.grid.size(), terms.grid.size());
            lines.add(new Line(null, null, finite(open.cosines())));
        }
        return read(file, terms);
    }

    private static Map<String, Double> finite(Map<String, Double> values) {
        Map<String, Double> finite = new LinkedHashMap<>(values);
        finite.values().removeIf(v -> !Double.isFinite(v));
        return finite;
    }

    private static Survey read(Path file, Terms terms) {
        List<Cell> cells = new ArrayList<>();
        Map<String, Double> cosines = new LinkedHashMap<>();
        List<Line> lines = JsonLines.read(file, Line.class);
        if (!terms.equals(lines.get(0).terms)) {
            throw new Failure(file + " holds a landscape of other weights or settings; give another --out");
        }
        for (Line line : lines) {
            if (line.cell != null) {
                cells.add(line.cell);
            }
            if (line.cosines != null) {
                cosines.putAll(line.cosines);
            }
        }
        return new Survey(terms, cells, cosines);
    }

    /** The names of all losses that were measured. */
    public Set<String> parts() {
        Set<String> parts = new LinkedHashSet<>();
        cells.forEach(c -> parts.addAll(c.losses.keySet()));
        return parts;
    }

    /** A part's values row by row, NaN where it is not finite. */
    public double[] values(String part) {
        return cells.stream()
                .mapToDouble(c -> c.losses.getOrDefault(part, Double.NaN))
                .toArray();
    }

    /** The second differences of a part at the centre along both axes, or along the one. */
    public double[] curvatures(String part) {
        double[] values = values(part);
        int n = terms.grid.points;
        int row = terms.grid.axes == 1 ? 0 : n / 2 * n;
        int centre = row + n / 2;
        double h = terms.grid.spacing();
        double along = Landscape.curvature(values[centre - 1], values[centre], values[centre + 1], h);
        return terms.grid.axes == 1
                ? new double[] {along}
                : new double[] {along, Landscape.curvature(values[centre - n], values[centre], values[centre + n], h)};
    }
}
