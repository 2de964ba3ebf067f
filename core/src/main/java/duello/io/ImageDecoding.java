package duello.io;

import duello.catalog.Failure;
import java.awt.color.ICC_ColorSpace;
import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** From the bytes of a file to pixels, by ImageIO's readers, which are kept from throwing whatever they like. */
final class ImageDecoding {
    /** More than any format packs into a byte of real pictures; a tiny file that claims more is a decompression bomb. */
    private static final long PIXELS_PER_BYTE = 10_000;

    private static final long PIXELS_FREE = 1_000_000;

    static {
        // AWT needs no display for pixels; the disk cache would write every stream to a temporary file
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
        ImageIO.setUseCache(false);
        ImageIO.scanForPlugins();
    }

    private ImageDecoding() {}

    record Decoded(Rgb rgb, ImageInfo info) {}

    /** Sets ImageIO up, by loading this class. */
    static void prepare() {}

    static Decoded decode(byte[] bytes, String name, ImageOptions options) {
        ImageFormat format = format(bytes, name);
        return withReader(bytes, name, format, options, reader -> {
            Samples samples = pixels(reader, bytes, format);
            Rgb upright = ExifOrientation.of(bytes, format).apply(samples.rgb(options.background()));
            Size size = new Size(upright.width(), upright.height());
            return new Decoded(upright, new ImageInfo(size, format.label(), samples.grey(), samples.alpha()));
        });
    }

    static void checkHeader(byte[] bytes, String name, ImageOptions options) {
        withReader(bytes, name, format(bytes, name), options, reader -> true);
    }

    private static ImageFormat format(byte[] bytes, String name) {
        if (bytes.length == 0) {
            throw new Failure(name + ": is empty (0 bytes)");
        }
        ImageFormat format = ImageFormat.of(bytes);
        if (format == null) {
            throw new Failure(name + ": is no PNG, JPEG, WebP, BMP, GIF or TIFF picture, whatever its name says");
        }
        if (format == ImageFormat.WEBP && riffBytes(bytes) > bytes.length) {
            throw new Failure(name + ": broken webp (the file is cut off)"); // its reader would take missing bits for 0
        }
        return format;
    }

    /** How long a RIFF file says that it is. */
    private static long riffBytes(byte[] bytes) {
        return 8 + (ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(4) & 0xFFFFFFFFL);
    }

    private interface Reading<T> {
        T from(ImageReader reader) throws IOException;
    }

    private static <T> T withReader(
            byte[] bytes, String name, ImageFormat format, ImageOptions options, Reading<T> reading) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.label());
        if (!readers.hasNext()) {
            throw new Failure(name + ": this Java cannot read " + format.label());
        }
        ImageReader reader = readers.next();
        try (ImageInputStream in = new EndingStream(bytes)) {
            Warnings warnings = new Warnings();
            reader.addIIOReadWarningListener(warnings);
            reader.setInput(in, true, true);
            Size size = checkedSize(reader.getWidth(0), reader.getHeight(0), name, options);
            if (size.width() * (long) size.height() > PIXELS_FREE + PIXELS_PER_BYTE * bytes.length) {
                throw new Failure("%s: %d bytes cannot hold a picture of %s".formatted(name, bytes.length, size));
            }
            T result = reading.from(reader);
            if (warnings.truncated) {
                throw new EOFException();
            }
            return result;
        } catch (Failure e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new Failure(name + ": broken " + format.label() + " (" + reason(e) + ")", e);
        } finally {
            reader.dispose();
        }
    }

    private static Size checkedSize(int width, int height, String name, ImageOptions options) {
        Failure failure = null;
        if (width > Images.MAX_SIDE || height > Images.MAX_SIDE || (long) width * height > Images.MAX_PIXELS) {
            failure = new Failure("%s: %d x %d is too large; at most %d a side and %d megapixels"
                    .formatted(name, width, height, Images.MAX_SIDE, Images.MAX_PIXELS / 1_000_000));
        } else if (width < options.minSide() || height < options.minSide()) {
            failure = new Failure(
                    "%s: %d x %d is too small; at least %d a side".formatted(name, width, height, options.minSide()));
        }
        if (failure != null) {
            throw failure;
        }
        return new Size(width, height);
    }

    private static Samples pixels(ImageReader reader, byte[] bytes, ImageFormat format) throws IOException {
        JpegHeader jpeg = format == ImageFormat.JPEG ? JpegHeader.of(bytes) : null;
        if (jpeg != null && jpeg.components() == 4) {
            // ImageIO has no CMYK, so its readers hand out what is stored
            return Samples.cmyk(reader.readRaster(0, reader.getDefaultReadParam()), jpeg.ycck());
        }
        ImageReadParam param = reader.getDefaultReadParam();
        ImageTypeSpecifier unconverted = storedType(reader);
        if (unconverted != null) {
            param.setDestinationType(unconverted);
        }
        BufferedImage image = reader.read(0, param);
        return Samples.of(image);
    }

    /** The type in which the reader leaves an embedded colour profile unapplied, or null where it has no such choice. */
    private static @Nullable ImageTypeSpecifier storedType(ImageReader reader) throws IOException {
        Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
        while (types != null && types.hasNext()) {
            ImageTypeSpecifier type = types.next();
            if (type.getColorModel().getColorSpace() instanceof ICC_ColorSpace space
                    && !space.isCS_sRGB()
                    && type.getNumBands() >= 3) {
                return type;
            }
        }
        return null;
    }

    private static String reason(Exception e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof EOFException) {
                return "the file is cut off";
            }
        }
        String message = e.getMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    /** JPEG and others only warn when their data end early, and fill the rest with grey. */
    private static final class Warnings implements javax.imageio.event.IIOReadWarningListener {
        private boolean truncated;

        @Override
        public void warningOccurred(ImageReader source, String warning) {
            String w = warning.toLowerCase(Locale.ROOT);
            truncated |= w.contains("premature") || w.contains("truncat") || w.contains("unexpected end");
        }
    }
}
