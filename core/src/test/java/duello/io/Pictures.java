package duello.io;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Picture files of every kind, made by the JDK's writers or by hand. */
final class Pictures {
    private Pictures() {}

    static byte[] encode(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!ImageIO.write(image, format, out)) {
            throw new IOException("no writer of " + format);
        }
        return out.toByteArray();
    }

    static BufferedImage smooth(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            int x = i % width;
            int y = i / width;
            image.setRGB(x, y, (40 + 2 * x) << 16 | (60 + 2 * y) << 8 | (50 + x + y));
        }
        return image;
    }

    static Rgb rgb(BufferedImage image) {
        byte[] planar = new byte[3 * image.getWidth() * image.getHeight()];
        for (int i = 0; i < planar.length; i++) {
            int pixel = i % (planar.length / 3);
            int argb = image.getRGB(pixel % image.getWidth(), pixel / image.getWidth());
            planar[i] = (byte) (argb >> (16 - 8 * (i / (planar.length / 3))));
        }
        return new Rgb(image.getWidth(), image.getHeight(), planar);
    }

    static BufferedImage palette() {
        byte[] red = {0, 10};
        byte[] green = {0, (byte) 200};
        byte[] blue = {0, 30};
        IndexColorModel colours = new IndexColorModel(1, 2, red, green, blue);
        BufferedImage image = new BufferedImage(8, 3, BufferedImage.TYPE_BYTE_BINARY, colours);
        image.getRaster().setSample(1, 0, 0, 1);
        return image;
    }

    static byte[] jpeg(BufferedImage image, boolean progressive) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(0.98f);
        return write(writer, new IIOImage(image, null, null), param);
    }

    /** Four bands as they are stored, in one colour, without a colour transform. */
    static byte[] cmykJpeg(int width, int height, int... stored) throws IOException {
        WritableRaster raster =
                Raster.createInterleavedRaster(java.awt.image.DataBuffer.TYPE_BYTE, width, height, 4, null);
        for (int i = 0; i < width * height; i++) {
            raster.setPixel(i % width, i / width, stored);
        }
        ImageWriter writer = null;
        for (var writers = ImageIO.getImageWritersByFormatName("jpeg"); writers.hasNext(); ) {
            ImageWriter next = writers.next();
            writer = next.canWriteRasters() ? next : writer;
        }
        if (writer == null) {
            throw new IOException("no writer of rasters");
        }
        return write(writer, new IIOImage(raster, null, null), writer.getDefaultWriteParam());
    }

    private static byte[] write(ImageWriter writer, IIOImage image, ImageWriteParam param) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, image, param);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    /** A TIFF structure with the orientation alone. */
    static byte[] exif(int orientation) {
        return ByteBuffer.allocate(26)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("II*\0".getBytes(StandardCharsets.US_ASCII))
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putInt(orientation)
                .putInt(0)
                .array();
    }

    static byte[] withJpegExif(byte[] jpeg, byte[] exif) {
        ByteBuffer out = ByteBuffer.allocate(jpeg.length + exif.length + 10);
        out.put(jpeg, 0, 2).putShort((short) 0xFFE1).putShort((short) (exif.length + 8));
        out.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII)).put(exif);
        return out.put(jpeg, 2, jpeg.length - 2).array();
    }

    static byte[] withPngExif(byte[] png, byte[] exif) {
        int header = 33;
        ByteBuffer out = ByteBuffer.allocate(png.length + exif.length + 12).put(png, 0, header);
        byte[] body = ByteBuffer.allocate(exif.length + 4)
                .put("eXIf".getBytes(StandardCharsets.US_ASCII))
                .put(exif)
                .array();
        out.putInt(exif.length).put(body).putInt(checksum(body));
        return out.put(png, header, png.length - header).array();
    }

    static void fixHeaderChecksum(byte[] png) {
        ByteBuffer.wrap(png).putInt(29, checksum(Arrays.copyOfRange(png, 12, 29)));
    }

    private static int checksum(byte[] body) {
        CRC32 crc = new CRC32();
        crc.update(body);
        return (int) crc.getValue();
    }

    /** A lossless WebP: the pixels alternate between two greens; red and blue are constant. One bit a pixel. */
    static byte[] webp(Size size, int[] greens, int red, int blue) {
        Bits bits = new Bits();
        bits.put(0x2F, 8)
                .put(size.width() - 1, 14)
                .put(size.height() - 1, 14)
                .put(0, 1)
                .put(0, 3);
        bits.put(0, 1).put(0, 1).put(0, 1); // no transform, no colour cache, one group of codes
        bits.put(1, 1).put(1, 1).put(1, 1).put(greens[0], 8).put(greens[1], 8);
        for (int only : new int[] {red, blue, 255, 0}) {
            bits.put(1, 1).put(0, 1).put(1, 1).put(only, 8);
        }
        for (int i = 0; i < size.width() * size.height(); i++) {
            bits.put(i % 2, 1);
        }
        byte[] data = bits.bytes();
        return ByteBuffer.allocate(20 + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(12 + data.length)
                .put("WEBPVP8L".getBytes(StandardCharsets.US_ASCII))
                .putInt(data.length)
                .put(data)
                .array();
    }

    /** Bits from the lowest up; an even number of bytes, as RIFF wants. */
    private static final class Bits {
        private final java.util.BitSet set = new java.util.BitSet();
        private int length;

        Bits put(int value, int count) {
            for (int i = 0; i < count; i++) {
                set.set(length++, (value >> i & 1) == 1);
            }
            return this;
        }

        byte[] bytes() {
            return Arrays.copyOf(set.toByteArray(), (length + 15) / 16 * 2);
        }
    }
}
