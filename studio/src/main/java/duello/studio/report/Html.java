package duello.studio.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Writes HTML in which text is always escaped; only {@link #raw} takes markup, which must be the program's own. */
final class Html {
    private final StringBuilder out = new StringBuilder();

    /** The beginning of a page that needs nothing beside it. */
    Html open(String title) {
        return raw("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n")
                .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .element("title", title + " - Duello")
                .raw("<style>\n" + style() + "</style></head>\n<body><main>\n");
    }

    /** The whole page, ended. */
    String close() {
        return raw("</main></body></html>\n").toString();
    }

    /** Markup as it is. */
    Html raw(String markup) {
        out.append(markup);
        return this;
    }

    /** Text of any origin. */
    Html text(String text) {
        out.append(escaped(text));
        return this;
    }

    /** An element with nothing but text in it. */
    Html element(String tag, String text) {
        return raw("<" + tag + ">").text(text).raw("</" + tag + ">\n");
    }

    /** A row of a table, the first cell of which names it. */
    Html row(String name, String... cells) {
        raw("<tr><th scope=\"row\">").text(name).raw("</th>");
        for (String cell : cells) {
            raw("<td>").text(cell).raw("</td>");
        }
        return raw("</tr>\n");
    }

    /** Text such that it is only text, also inside a quoted attribute. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c < ' ' && c != '\n' && c != '\t' ? '\uFFFD' : c);
            }
        }
        return escaped.toString();
    }

    private static String style() {
        try (InputStream in = Html.class.getResourceAsStream("report.css")) {
            return new String(Objects.requireNonNull(in, "report.css").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the program was packed without report.css", e);
        }
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
