package duello.data;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageIO;

/** Draws a sheet of a built-in dataset to look at, one row for each class: {@code ContactSheet OUT.png NAME RESOLUTION}. */
public final class ContactSheet {
    private static final int COLUMNS = 14;

    private ContactSheet() {}

    public static void main(String[] args) throws IOException {
        int resolution = Integer.parseInt(args[2]);
        int zoom = args.length > 3 ? Integer.parseInt(args[3]) : Math.max(1, 96 / resolution);
        ImageIO.write(sheet(source(args[1], resolution).open(Split.TRAIN), zoom), "png", new File(args[0]));
    }

    private static DataSource source(String name, int resolution) {
        return switch (name) {
            case "shapes" -> new Shapes(resolution, 400, 1, 10, 0);
            case "shapes100" -> new Shapes(resolution, 2500, 1, 100, 0);
            case "natural", "sketch", "pop", "mosaic", "ink", "neon" ->
                new Faces(resolution, 400, 1, 0, FaceStyle.valueOf(name.toUpperCase(Locale.ROOT)));
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static BufferedImage sheet(Dataset data, int zoom) {
        int side = data.resolution() * zoom + 2;
        int[] filled = new int[data.classes().size()];
        BufferedImage sheet = new BufferedImage(COLUMNS * side, filled.length * side, BufferedImage.TYPE_INT_RGB);
        byte[] image = new byte[3 * data.resolution() * data.resolution()];
        for (int i = 0; i < data.size(); i++) {
            int row = data.label(i);
            if (filled[row] < COLUMNS) {
                data.read(i, image, 0);
                paste(image, data.resolution(), zoom, sheet, new int[] {filled[row]++ * side, row * side});
            }
        }
        return sheet;
    }

    private static void paste(byte[] image, int resolution, int zoom, BufferedImage sheet, int[] corner) {
        int plane = resolution * resolution;
        for (int y = 0; y < resolution * zoom; y++) {
            for (int x = 0; x < resolution * zoom; x++) {
                int i = y / zoom * resolution + x / zoom;
                int rgb = (image[i] & 255) << 16 | (image[plane + i] & 255) << 8 | image[2 * plane + i] & 255;
                sheet.setRGB(corner[0] + x, corner[1] + y, rgb);
            }
        }
    }
}
