package duello.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * How a camera held its picture: the orientation tag (0x0112) of EXIF, 1 .. 8. Values from 5 on swap the sides.
 *
 * @param tag 1 upright, 2 mirrored, 3 half turn, 4 flipped, 5 transposed, 6 to be turned clockwise, 7 transversed, 8 to be
 *     turned counter-clockwise
 */
record ExifOrientation(int tag) {
    private static final ExifOrientation UPRIGHT = new ExifOrientation(1);
    private static final int ORIENTATION = 0x0112;

    /** The orientation that the file states; upright when it states none or nonsense. */
    static ExifOrientation of(byte[] bytes, ImageFormat format) throws IOException {
        ByteBuffer exif = switch (format) {
            case JPEG -> JpegHeader.of(bytes).exif();
            case PNG -> chunk(bytes, 8, ByteOrder.BIG_ENDIAN, "eXIf");
            case WEBP -> chunk(bytes, 12, ByteOrder.LITTLE_ENDIAN, "EXIF");
            case BMP, GIF, TIFF -> null;
        };
        return exif == null ? UPRIGHT : parse(exif);
    }

    /** PNG's chunks are length, name, data, checksum; RIFF's are name, length, data padded to even. */
    private static @Nullable ByteBuffer chunk(byte[] bytes, int start, ByteOrder order, String name) {
        boolean png = order == ByteOrder.BIG_ENDIAN;
        ByteBuffer in = ByteBuffer.wrap(bytes).order(order);
        long at = start;
        while (at + 8 <= bytes.length) {
            long length = in.getInt((int) at + (png ? 0 : 4)) & 0xFFFFFFFFL;
            String found = new String(bytes, (int) at + (png ? 4 : 0), 4, java.nio.charset.StandardCharsets.ISO_8859_1);
            if (found.equals(name) && at + 8 + length <= bytes.length) {
                return ByteBuffer.wrap(bytes).slice((int) at + 8, (int) length);
            }
            at += 8 + length + (png ? 4 : length % 2);
        }
        return null;
    }

    private static ExifOrientation parse(ByteBuffer tiff) {
        if (tiff.remaining() < 8) {
            return UPRIGHT;
        }
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long directory = tiff.getInt(4) & 0xFFFFFFFFL;
        if (directory + 2 > tiff.limit()) {
            return UPRIGHT;
        }
        int entries = tiff.getShort((int) directory) & 0xFFFF;
        for (int i = 0; i < entries; i++) {
            long at = directory + 2 + 12L * i;
            if (at + 12 > tiff.limit()) {
                return UPRIGHT;
            }
            if ((tiff.getShort((int) at) & 0xFFFF) == ORIENTATION) {
                int tag = tiff.getShort((int) at + 8);
                return tag >= 1 && tag <= 8 ? new ExifOrientation(tag) : UPRIGHT;
            }
        }
        return UPRIGHT;
    }

    /** The picture as it is meant to be seen. */
    Rgb apply(Rgb image) {
        if (tag == 1) {
            return image;
        }
        int width = tag >= 5 ? image.height() : image.width();
        int height = tag >= 5 ? image.width() : image.height();
        byte[] out = new byte[image.planar().length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int from = source(x, y, image);
                for (int c = 0; c < 3; c++) {
                    out[c * image.pixels() + y * width + x] = image.planar()[c * image.pixels() + from];
                }
            }
        }
        return new Rgb(width, height, out);
    }

    /** Which stored pixel is seen at {@code (x, y)}. */
    private int source(int x, int y, Rgb image) {
        int right = image.width() - 1;
        int bottom = image.height() - 1;
        int sx = switch (tag) {
            case 2, 3 -> right - x;
            case 4 -> x;
            case 5, 6 -> y;
            default -> right - y;
        };
        int sy = switch (tag) {
            case 2 -> y;
            case 3, 4 -> bottom - y;
            case 5, 8 -> x;
            default -> bottom - x;
        };
        return sy * image.width() + sx;
    }
}
