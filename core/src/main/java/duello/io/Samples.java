package duello.io;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Samples of a decoded picture as 8 bits, one plane a band. Taken from the raster, never through {@code getRGB}: that one
 * takes grey for linear light and brightens it, and applies colour profiles.
 *
 * @param size of every plane
 * @param colour one plane (grey) or three
 * @param opacity 0 transparent .. 255, or null when the picture has none
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one decoding
record Samples(Size size, byte[][] colour, byte @Nullable [] opacity) {
    boolean grey() {
        return colour.length == 1;
    }

    boolean alpha() {
        return opacity != null;
    }

    Rgb rgb(Background background) {
        int pixels = size.width() * size.height();
        byte[] planar = new byte[3 * pixels];
        for (int c = 0; c < 3; c++) {
            byte[] plane = colour[Math.min(c, colour.length - 1)];
            System.arraycopy(plane, 0, planar, c * pixels, pixels);
            for (int i = 0; opacity != null && i < pixels; i++) {
                planar[c * pixels + i] = (byte) background.under(plane[i] & 0xFF, opacity[i] & 0xFF, c);
            }
        }
        return new Rgb(size.width(), size.height(), planar);
    }

    static Samples of(BufferedImage image) throws IOException {
        if (image.isAlphaPremultiplied()) {
            image.coerceData(false);
        }
        Raster raster = image.getRaster();
        if (image.getColorModel() instanceof IndexColorModel palette) {
            return indexed(raster, palette);
        }
        int type = raster.getDataBuffer().getDataType();
        if (type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE) {
            throw new IOException("floating-point samples are not read");
        }
        byte[][] bands = bands(raster);
        int colours = image.getColorModel().getNumColorComponents();
        if ((colours != 1 && colours != 3) || bands.length < colours) {
            throw new IOException(bands.length + " bands, neither grey nor RGB");
        }
        boolean alpha = image.getColorModel().hasAlpha() && bands.length > colours;
        byte[][] colour = java.util.Arrays.copyOf(bands, colours);
        return new Samples(sizeOf(raster), colour, alpha ? bands[colours] : null);
    }

    /** Stored CMYK as Adobe writes it, inverted; {@code ycck} when its first three bands are a YCbCr of it. */
    static Samples cmyk(Raster raster, boolean ycck) throws IOException {
        byte[][] b = bands(raster);
        if (b.length != 4) {
            throw new IOException(b.length + " bands where CMYK has 4");
        }
        if (ycck) {
            ycckToCmyk(b);
        }
        byte[][] colour = new byte[3][b[3].length];
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < b[3].length; i++) {
                int product = (255 - (b[c][i] & 0xFF)) * (b[3][i] & 0xFF) + 128;
                int ink = ((product >> 8) + product) >> 8; // divided by 255, rounded
                colour[c][i] = (byte) Math.max(0, (b[3][i] & 0xFF) - ink);
            }
        }
        return new Samples(sizeOf(raster), colour, null);
    }

    /** ITU-R BT.601, full range; the result is inverted, as in libjpeg's YCCK. */
    private static void ycckToCmyk(byte[][] b) {
        for (int i = 0; i < b[0].length; i++) {
            int y = b[0][i] & 0xFF;
            int cb = (b[1][i] & 0xFF) - 128;
            int cr = (b[2][i] & 0xFF) - 128;
            b[0][i] = clip(255 - (y + 1.402 * cr));
            b[1][i] = clip(255 - (y - 0.344136286 * cb - 0.714136286 * cr));
            b[2][i] = clip(255 - (y + 1.772 * cb));
        }
    }

    private static byte clip(double v) {
        return (byte) Math.max(0, Math.min(255, Math.round(v)));
    }

    private static Samples indexed(Raster raster, IndexColorModel palette) {
        Size size = sizeOf(raster);
        byte[][] out = new byte[4][size.width() * size.height()];
        int[] row = new int[size.width()];
        for (int y = 0; y < size.height(); y++) {
            raster.getSamples(raster.getMinX(), raster.getMinY() + y, row.length, 1, 0, row);
            for (int x = 0; x < row.length; x++) {
                int at = y * row.length + x;
                int argb = palette.getRGB(row[x]);
                out[0][at] = (byte) (argb >> 16);
                out[1][at] = (byte) (argb >> 8);
                out[2][at] = (byte) argb;
                out[3][at] = (byte) (argb >> 24);
            }
        }
        boolean grey = java.util.Arrays.equals(out[0], out[1]) && java.util.Arrays.equals(out[1], out[2]);
        byte[][] colour = grey ? new byte[][] {out[0]} : new byte[][] {out[0], out[1], out[2]};
        return new Samples(size, colour, palette.hasAlpha() ? out[3] : null);
    }

    private static byte[][] bands(Raster raster) {
        Size size = sizeOf(raster);
        byte[][] out = new byte[raster.getNumBands()][size.width() * size.height()];
        int[] row = new int[size.width()];
        for (int b = 0; b < out.length; b++) {
            int bits = raster.getSampleModel().getSampleSize(b);
            for (int y = 0; y < size.height(); y++) {
                raster.getSamples(raster.getMinX(), raster.getMinY() + y, row.length, 1, b, row);
                for (int x = 0; x < row.length; x++) {
                    out[b][y * row.length + x] = (byte) eightBits(row[x], bits);
                }
            }
        }
        return out;
    }

    /** More than 8 bits keep the highest 8, as Pillow does; fewer are stretched to 0 .. 255. */
    private static int eightBits(int value, int bits) {
        if (bits >= 8) {
            return value >> (bits - 8) & 0xFF;
        }
        int max = (1 << bits) - 1;
        return (value * 255 + max / 2) / max;
    }

    private static Size sizeOf(Raster raster) {
        return new Size(raster.getWidth(), raster.getHeight());
    }
}
