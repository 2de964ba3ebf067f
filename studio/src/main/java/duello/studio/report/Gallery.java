package duello.studio.report;

import duello.io.ImageOptions;
import duello.io.Images;
import duello.io.PillowResampler;
import duello.io.Rgb;
import duello.studio.run.ThroughTime;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The pictures of a run inside its report: a few over time, and the last one large. */
final class Gallery {
    private static final int STRIP = 6;
    private static final int STRIP_SIDE = 360;
    private static final int LARGE_SIDE = 1400;

    private final List<Path> pictures;

    Gallery(List<Path> pictures) {
        this.pictures = pictures;
    }

    void write(Html html) {
        if (pictures.isEmpty()) {
            return;
        }
        html.raw("<h2>Samples</h2>\n<div class=\"strip\">\n");
        for (int i : chosen(pictures.size())) {
            figure(html, pictures.get(i), STRIP_SIDE);
        }
        html.raw("</div>\n<div class=\"large\">\n");
        Path last = pictures.get(pictures.size() - 1);
        figure(html, last, LARGE_SIDE);
        ThroughTime.in(last.toAbsolutePath().resolveSibling(""))
                .ifPresent(file -> figure(html, file, LARGE_SIDE, "the same latents through time"));
        html.raw("</div>\n");
    }

    /** The first, the last, and evenly spread ones between. */
    static Set<Integer> chosen(int count) {
        Set<Integer> chosen = new LinkedHashSet<>();
        for (int i = 0; i < STRIP; i++) {
            chosen.add((int) Math.round((count - 1) * (i / (double) (STRIP - 1))));
        }
        return chosen;
    }

    private static void figure(Html html, Path file, int mostSide) {
        String name = String.valueOf(file.getFileName());
        String step = name.replaceAll("\\D", "").replaceFirst("^0+(?=\\d)", "");
        figure(html, file, mostSide, "iteration " + step);
    }

    private static void figure(Html html, Path file, int mostSide, String caption) {
        Rgb picture = Images.decode(file, ImageOptions.DEFAULT);
        byte[] png = Images.encodePng(shrunk(picture, mostSide));
        html.raw("<figure><img alt=\"samples, " + caption + "\" src=\"data:image/png;base64,")
                .raw(Base64.getEncoder().encodeToString(png))
                .raw("\"><figcaption>" + caption + "</figcaption></figure>\n");
    }

    private static Rgb shrunk(Rgb picture, int mostSide) {
        int side = Math.max(picture.width(), picture.height());
        if (side <= mostSide) {
            return picture;
        }
        int width = Math.max(1, (int) ((long) picture.width() * mostSide / side));
        int height = Math.max(1, (int) ((long) picture.height() * mostSide / side));
        return PillowResampler.resize(picture, width, height, PillowResampler.Filter.BOX);
    }
}
