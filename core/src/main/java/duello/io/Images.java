package duello.io;

import duello.catalog.Failure;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * Pictures from and to files. Decodes PNG, JPEG (also CMYK, progressive), WebP, BMP, GIF (its first frame) and TIFF to RGB
 * of 8 bits: grey and palettes are expanded, 16 bits keep the high byte, colour profiles are ignored, transparency is laid
 * on a {@link Background}, and the EXIF orientation is applied. Grey, palette, 16 bits, CMYK and profiles are treated as
 * Pillow's {@code convert("RGB")} treats them, so that scores stay comparable.
 *
 * <p>Files are not trusted: their size and sides are bounded before a pixel is decoded, and whatever is wrong with one
 * surfaces as a {@link Failure} that names it.
 */
public final class Images {
    /** The longest side accepted, in pixels. */
    public static final int MAX_SIDE = 20_000;

    /** The most pixels accepted. */
    public static final long MAX_PIXELS = 100_000_000;

    /** The largest file accepted, in bytes. */
    public static final long MAX_BYTES = 512L << 20;

    private Images() {}

    /**
     * Decodes a file.
     *
     * @throws Failure if it is missing, no picture, broken, cut off, too small or too large
     */
    public static Rgb decode(Path file, ImageOptions options) {
        return decode(bytes(file), file.toString(), options);
    }

    /**
     * Decodes the bytes of a file.
     *
     * @param name what a failure calls it
     * @throws Failure if they are no picture, broken, cut off, too small or too large
     */
    public static Rgb decode(byte[] bytes, String name, ImageOptions options) {
        return ImageDecoding.decode(bytes, name, options).rgb();
    }

    /**
     * Decodes a file wholly, to be sure of it, and says what it is.
     *
     * @throws Failure as {@link #decode(Path, ImageOptions)}
     */
    public static ImageInfo inspect(Path file, ImageOptions options) {
        return inspect(bytes(file), file.toString(), options);
    }

    /**
     * Decodes the bytes of a file wholly, to be sure of them, and says what they are.
     *
     * @param name what a failure calls it
     * @throws Failure as {@link #decode(byte[], String, ImageOptions)}
     */
    public static ImageInfo inspect(byte[] bytes, String name, ImageOptions options) {
        return ImageDecoding.decode(bytes, name, options).info();
    }

    /**
     * Decodes nothing: checks that the file begins as a picture of an acceptable size.
     *
     * @throws Failure if it is missing, empty, no picture, too small or too large
     */
    public static void checkHeader(Path file, ImageOptions options) {
        ImageDecoding.checkHeader(bytes(file), file.toString(), options);
    }

    /** The bytes of a PNG file with these pixels. */
    public static byte[] encodePng(Rgb image) {
        BufferedImage picture = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
        int[] row = new int[image.width()];
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < row.length; x++) {
                row[x] = image.value(0, y, x) << 16 | image.value(1, y, x) << 8 | image.value(2, y, x);
            }
            picture.setRGB(0, y, row.length, 1, row, 0, row.length);
        }
        ImageDecoding.prepare();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(picture, "png", out)) {
                throw new IllegalStateException("this Java has no PNG writer");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /**
     * Tiles pictures of one size, row by row. No padding and black is the canvas of PyTorch-StudioGAN.
     *
     * @param columns pictures in a row, at least 1; fewer pictures make a narrower grid
     * @param padding pixels around and between pictures, at least 0
     * @param background the colour of padding and unused cells; must not be {@link Background#DROP}
     * @throws IllegalArgumentException if there is no picture, or their sizes differ
     */
    public static Rgb grid(List<Rgb> images, int columns, int padding, Background background) {
        if (images.isEmpty() || columns < 1 || padding < 0 || !background.opaque()) {
            throw new IllegalArgumentException(
                    "%d pictures, %d columns, padding %d, %s".formatted(images.size(), columns, padding, background));
        }
        Rgb one = images.get(0);
        int across = Math.min(columns, images.size());
        int down = (images.size() + across - 1) / across;
        int width = padding + across * (one.width() + padding);
        int height = padding + down * (one.height() + padding);
        byte[] planar = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
        for (int c = 0; c < 3; c++) {
            Arrays.fill(planar, c * width * height, (c + 1) * width * height, (byte) background.channel(c));
        }
        Rgb canvas = new Rgb(width, height, planar);
        for (int i = 0; i < images.size(); i++) {
            int left = padding + i % across * (one.width() + padding);
            int top = padding + i / across * (one.height() + padding);
            paste(images.get(i), one, canvas, left, top);
        }
        return canvas;
    }

    private static void paste(Rgb image, Rgb like, Rgb canvas, int left, int top) {
        if (image.width() != like.width() || image.height() != like.height()) {
            throw new IllegalArgumentException("a grid of " + like + " cannot hold " + image);
        }
        for (int row = 0; row < 3 * image.height(); row++) {
            int c = row / image.height();
            int to = c * canvas.pixels() + (top + row % image.height()) * canvas.width() + left;
            System.arraycopy(image.planar(), row * image.width(), canvas.planar(), to, image.width());
        }
    }

    /**
     * The whole file as it is stored.
     *
     * @throws Failure if it is missing, cannot be read, or has more than {@link #MAX_BYTES}
     */
    public static byte[] bytes(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            if (Files.size(file) > MAX_BYTES) {
                throw new Failure(file + ": larger than " + (MAX_BYTES >> 20) + " MiB, too large for a picture");
            }
            byte[] bytes = in.readNBytes((int) MAX_BYTES);
            return bytes;
        } catch (NoSuchFileException e) {
            throw new Failure(file + ": no such file", e);
        } catch (IOException e) {
            throw new Failure(file + ": cannot be read (" + e.getMessage() + ")", e);
        }
    }
}
