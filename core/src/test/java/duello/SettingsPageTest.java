package duello;

import static org.assertj.core.api.Assertions.assertThat;

import duello.catalog.Entry;
import duello.recipe.Experiment;
import duello.recipe.Setting;
import duello.recipe.Shelf;
import duello.recipe.Shelves;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The tables of docs/recipes.md are those of the catalogue. {@code -Dduello.docs.write=true} writes them anew first.
 */
class SettingsPageTest {
    private static final String PAGE = "docs/recipes.md";
    private static final String START = "<!-- generated: the catalogue -->\n";

    @Test
    void thePageListsEverySettingAsItIs() throws IOException {
        String page = Docs.page(PAGE);
        int start = page.indexOf(START) + START.length();
        assertThat(start).as("the mark of the generated part").isGreaterThanOrEqualTo(START.length());
        String tables = tables(Shelves.builtIn());
        if (Boolean.getBoolean("duello.docs.write")) {
            Files.writeString(Docs.file(PAGE), page.substring(0, start) + tables);
        }
        assertThat(Docs.page(PAGE).substring(start))
                .as("write it anew with -Dduello.docs.write=true")
                .isEqualTo(tables);
    }

    private static String tables(Shelves shelves) {
        StringBuilder out = new StringBuilder("\n### The recipe itself\n\n");
        Deque<Class<?>> parts = new ArrayDeque<>();
        Set<Class<?>> seen = new LinkedHashSet<>();
        table(out, Experiment.class, shelves, parts);
        for (Shelf<?> shelf : shelves.list()) {
            out.append("\n### ").append(capital(shelf.noun())).append("\n");
            for (Entry<?> entry : shelf.entries()) {
                entry(out, entry, shelves, parts);
            }
        }
        out.append("\n### Parts\n");
        while (!parts.isEmpty()) {
            Class<?> part = parts.poll();
            if (seen.add(part)) {
                out.append("\n**").append(part.getSimpleName()).append("**\n\n");
                table(out, part, shelves, parts);
            }
        }
        return out.toString();
    }

    private static void entry(StringBuilder out, Entry<?> entry, Shelves shelves, Deque<Class<?>> parts) {
        Shelves.Description d = Shelves.describe(entry);
        out.append("\n**`").append(d.name()).append("`** — ").append(d.doc()).append('.');
        if (d.paper() != null) {
            out.append(" *").append(d.paper()).append("*");
        }
        out.append("\n");
        if (!d.settings().isEmpty()) {
            out.append('\n');
            table(out, entry.type(), shelves, parts);
        }
    }

    private static void table(StringBuilder out, Class<?> type, Shelves shelves, Deque<Class<?>> parts) {
        out.append("| setting | default | allowed | meaning |\n|---|---|---|---|\n");
        for (Setting s : Setting.of(type)) {
            String fallback = s.required() ? "must be given" : s.optional() ? "none" : "`" + s.fallback() + "`";
            out.append("| `%s` | %s | %s | %s |\n".formatted(s.key(), fallback, kind(s, shelves), s.doc()));
            if (s.item().isRecord()) {
                parts.add(s.item());
            }
        }
    }

    private static String kind(Setting s, Shelves shelves) {
        String noun = shelves.holding(s.item())
                .map(Shelf::noun)
                .orElse(s.item().isRecord() ? s.item().getSimpleName() : s.allowed());
        return s.list() && !noun.isEmpty() ? "list: " + noun : noun;
    }

    private static String capital(String noun) {
        return Character.toUpperCase(noun.charAt(0)) + noun.substring(1);
    }
}
