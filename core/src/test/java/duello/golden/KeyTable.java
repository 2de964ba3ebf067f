package duello.golden;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The keys of every state dict of the published implementations, from {@code golden/state-dict-keys.csv}. */
final class KeyTable {
    private static final Pattern CELL = Pattern.compile("(?:^|,)(?:\"([^\"]*)\"|([^,]*))");

    /**
     * A network whose keys the table lists.
     *
     * @param family the backbone's name there
     * @param network G or D
     * @param resolution of its images
     * @param variant its settings in words
     */
    record Network(String family, String network, int resolution, String variant) {
        @Override
        public String toString() {
            return family + " " + network + " " + resolution + ": " + variant;
        }

        /** The number in square brackets behind {@code player}, such as {@code G[2]}; none if there is none. */
        List<Integer> attention(String player) {
            Matcher m = Pattern.compile(player + "\\[(\\d+)]").matcher(variant);
            return m.find() ? List.of(Integer.parseInt(m.group(1))) : List.of();
        }

        boolean spectral() {
            return variant.contains("SN on G and D") || variant.contains("D SN");
        }

        /** Whether only the keys of some parts are listed. */
        boolean partial() {
            return variant.startsWith("heads only") || variant.contains("injection concat");
        }

        /** The discriminator's heads in words. */
        String heads() {
            Matcher m = Pattern.compile(
                            "(?:D head|D SN,|D without SN,|heads only:(?! D SN| D w)|D \\w+;(?: head)?) (.*?)(?: \\(.*\\))?$")
                    .matcher(variant);
            return m.find() ? m.group(1) : "W/O";
        }
    }

    private KeyTable() {}

    /** The entries of every network, as {@code key kind shape}, in order. */
    static Map<Network, List<String>> read() {
        Map<Network, List<String>> table = new LinkedHashMap<>();
        for (String line : lines().subList(1, lines().size())) {
            List<String> cells = cells(line);
            Network network = new Network(cells.get(0), cells.get(1), Integer.parseInt(cells.get(2)), cells.get(3));
            table.computeIfAbsent(network, n -> new ArrayList<>())
                    .add(cells.get(4) + " " + cells.get(5) + " " + cells.get(8));
        }
        return table;
    }

    private static List<String> lines() {
        try (InputStream in = KeyTable.class.getResourceAsStream("/golden/state-dict-keys.csv")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        Matcher m = CELL.matcher(line);
        while (m.find()) {
            cells.add(m.group(1) != null ? m.group(1) : m.group(2));
        }
        return cells;
    }
}
