package duello.data;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/**
 * Where one thread draws one image after the other: several times larger than the image, then averaged down, so that
 * edges are soft and thin lines survive. What is drawn lies in {@code [-1, 1]} by {@code [-1, 1]}, y pointing down.
 */
final class Canvas {
    private static final int LEAST_SIDE = 64;

    private final int resolution;
    private final int oversampling;
    private final BufferedImage image;

    Canvas(int resolution) {
        this.resolution = resolution;
        this.oversampling = Math.max(2, (LEAST_SIDE + resolution - 1) / resolution);
        int side = resolution * oversampling;
        this.image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    }

    /** What draws; it must cover the whole square. */
    interface Painter {
        void paint(Graphics2D graphics);
    }

    /** Draws and writes the planar image, {@code 3 * resolution * resolution} bytes, to the start of {@code into}. */
    void render(Painter painter, byte[] into) {
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            double half = image.getWidth() / 2.0;
            graphics.scale(half, half);
            graphics.translate(1, 1);
            painter.paint(graphics);
        } finally {
            graphics.dispose();
        }
        reduce(((DataBufferInt) image.getRaster().getDataBuffer()).getData(), into);
    }

    /** Red and blue are summed in the two halves of one number: their sums stay below 2^16. */
    private void reduce(int[] rgb, byte[] into) {
        int plane = resolution * resolution;
        int area = oversampling * oversampling;
        int side = image.getWidth();
        for (int i = 0; i < plane; i++) {
            int corner = i / resolution * oversampling * side + i % resolution * oversampling;
            int redBlue = area / 2 << 16 | area / 2;
            int green = area / 2;
            for (int dy = 0; dy < oversampling; dy++) {
                for (int p = corner; p < corner + oversampling; p++) {
                    redBlue += rgb[p] & 0xFF00FF;
                    green += rgb[p] >> 8 & 0xFF;
                }
                corner += side;
            }
            into[i] = (byte) ((redBlue >> 16) / area);
            into[plane + i] = (byte) (green / area);
            into[2 * plane + i] = (byte) ((redBlue & 0xFFFF) / area);
        }
    }
}
