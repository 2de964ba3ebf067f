package duello.recipe.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that someone probably meant. */
public final class Nearest {
    private Nearest() {}

    /** The nearest of {@code names}, if any is near enough to be a slip of the keyboard or a shortened form. */
    public static Optional<String> to(String written, Collection<String> names) {
        return names.stream()
                .filter(name -> near(written, name))
                .min(Comparator.comparingInt((String name) -> distance(written, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** {@code " (did you mean 'gamma'?)"}, or nothing when nothing is near. */
    public static String hint(String written, Collection<String> names) {
        return to(written, names).map(name -> " (did you mean '" + name + "'?)").orElse("");
    }

    private static boolean near(String written, String name) {
        boolean shortened = written.length() >= 3 && (name.startsWith(written) || written.startsWith(name));
        return shortened || distance(written, name) <= Math.max(1, (written.length() + 1) / 3);
    }

    /**
     * How many letters must be inserted, deleted, replaced or swapped with their neighbour (Levenshtein's distance, with
     * swaps); texts beyond 100 letters are compared by their beginnings.
     */
    public static int distance(String left, String right) {
        String a = left.substring(0, Math.min(left.length(), 100));
        String b = right.substring(0, Math.min(right.length(), 100));
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : step(a, b, d, i, j);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int step(String a, String b, int[][] d, int i, int j) {
        int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
    }
}
