package duello.recipe.studiogan;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The 196 files that the reference ships, written anew from the table of their settings. */
public final class ShippedFiles {
    /**
     * @param name folder and file, such as {@code CIFAR10/ContraGAN}
     * @param yaml its text
     */
    public record File(String name, String yaml) {
        public boolean styleGan() {
            return yaml.contains("backbone: stylegan");
        }

        /** Whether there are no such networks yet. */
        public boolean styleGan3() {
            return yaml.contains("backbone: stylegan3");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private ShippedFiles() {}

    /** All of them, in the table's order. */
    public static List<File> all() {
        return lines().stream().skip(1).map(ShippedFiles::file).toList();
    }

    /** Those that are not of StyleGAN3. */
    public static Stream<File> trainable() {
        return all().stream().filter(file -> !file.styleGan3());
    }

    /** One of them. */
    public static File named(String name) {
        return all().stream()
                .filter(file -> file.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> lines() {
        try (InputStream in =
                Objects.requireNonNull(ShippedFiles.class.getResourceAsStream("/studiogan/recipes.csv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A row is dataset, name, settings, settings that repeat a default, remarks; only remarks hold commas. */
    private static File file(String row) {
        String[] cells = row.split(",", 5);
        Map<String, List<String>> sections = new LinkedHashMap<>();
        for (String setting : (cells[2] + "; " + cells[3]).split("; ")) {
            if (!setting.isEmpty()) {
                int dot = setting.indexOf('.');
                String line = setting.substring(dot + 1).replaceFirst("=", ": ");
                sections.computeIfAbsent(setting.substring(0, dot), section -> new ArrayList<>())
                        .add("  " + line + "\n");
            }
        }
        StringBuilder yaml = new StringBuilder();
        sections.forEach(
                (section, settings) -> yaml.append(section).append(":\n").append(String.join("", settings)));
        return new File(cells[0] + "/" + cells[1], yaml.toString());
    }
}
