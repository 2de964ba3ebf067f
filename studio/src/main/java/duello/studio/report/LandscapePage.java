package duello.studio.report;

import duello.io.AtomicFiles;
import duello.method.Player;
import duello.studio.run.Survey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Landscapes of one or several runs side by side: for every part of a player's loss a contour and a surface of each run,
 * in one range of colours, or its curves where there is one axis. Each is a picture of its own, too.
 */
public final class LandscapePage {
    private final List<Survey> surveys;
    private final Map<String, String> pictures = new LinkedHashMap<>();
    private final Html html = new Html();

    private LandscapePage(List<Survey> surveys) {
        this.surveys = surveys;
    }

    /**
     * Writes {@code index.html} and the pictures to a folder.
     *
     * @return the files, the page first
     */
    public static List<Path> write(List<Survey> surveys, Path out) {
        LandscapePage page = new LandscapePage(surveys);
        String text = page.page();
        List<Path> files = new ArrayList<>();
        files.add(write(out.resolve("index.html"), text));
        page.pictures.forEach((name, svg) -> files.add(write(out.resolve(name), svg)));
        return files;
    }

    private static Path write(Path file, String text) {
        AtomicFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
        return file;
    }

    private String page() {
        html.open("Loss landscapes").element("h1", "Loss landscapes");
        Survey.Terms terms = surveys.get(0).terms();
        html.raw("<p class=\"state\">")
                .text(String.format(
                        Locale.ROOT,
                        "%d images, directions scaled by %s, seed %d; the other player and all draws stand still",
                        terms.images(),
                        terms.scaling().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        terms.seed()))
                .raw("</p>\n");
        for (Player player : Player.values()) {
            List<Survey> ofPlayer =
                    surveys.stream().filter(s -> s.terms().player() == player).toList();
            if (!ofPlayer.isEmpty()) {
                html.element("h2", "The " + player.key() + "'s losses");
                table(ofPlayer);
                parts(ofPlayer).forEach(part -> pictures(part, ofPlayer));
            }
        }
        return html.close();
    }

    private static Set<String> parts(List<Survey> surveys) {
        return surveys.stream().flatMap(s -> s.parts().stream()).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private void table(List<Survey> ofPlayer) {
        html.raw("<table><thead><tr><th>run</th><th>part</th><th>at the centre</th><th>curvature</th>")
                .raw("<th>cosine of its gradient with the adversarial one</th></tr></thead><tbody>\n");
        for (Survey s : ofPlayer) {
            for (String part : s.parts()) {
                Double cosine = s.cosines().get(part);
                html.row(
                        s.terms().run(),
                        part,
                        number(s.values(part)[s.values(part).length / 2]),
                        Arrays.stream(s.curvatures(part))
                                .mapToObj(LandscapePage::number)
                                .collect(Collectors.joining(", ")),
                        cosine == null ? "" : number(cosine));
            }
        }
        html.raw("</tbody></table>\n");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }

    private void pictures(String part, List<Survey> ofPlayer) {
        List<Survey> having =
                ofPlayer.stream().filter(s -> s.parts().contains(part)).toList();
        html.raw("<h3>").text(part).raw("</h3>\n<div class=\"charts\">\n");
        if (having.get(0).terms().grid().axes() == 1) {
            LineChart chart =
                    new LineChart(part, having.stream().map(s -> curve(s, part)).toList());
            chart.write(html);
            pictures.put(having.get(0).terms().player().key() + "-" + part + ".svg", chart.picture());
        } else {
            Axis range = Field.range(having.stream().map(s -> field(s, part)).toList());
            having.forEach(s -> surface(s, part, range));
        }
        html.raw("</div>\n");
    }

    private static Series curve(Survey survey, String part) {
        double[] axis = survey.terms().grid().axis();
        double[] values = survey.values(part);
        List<Series.Point> points = new ArrayList<>();
        for (int i = 0; i < axis.length; i++) {
            points.add(new Series.Point(axis[i], values[i]));
        }
        return new Series(survey.terms().run(), points);
    }

    private static Field field(Survey survey, String part) {
        return new Field(survey.terms().grid().axis(), survey.values(part));
    }

    private void surface(Survey survey, String part, Axis range) {
        String title = survey.terms().run() + ", " + survey.terms().player().key() + "'s " + part;
        picture(survey, part, "contour", new ContourPicture(title, field(survey, part), range).svg());
        picture(survey, part, "surface", new SurfacePicture(title, field(survey, part), range).svg());
    }

    private void picture(Survey survey, String part, String kind, String svg) {
        pictures.put(survey.terms().fileName() + "-" + part + "-" + kind + ".svg", svg);
        html.raw("<figure class=\"chart\">" + svg + "</figure>\n");
    }
}
