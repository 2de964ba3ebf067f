package duello.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What ImageIO does not tell of a JPEG file.
 *
 * @param components 1 grey, 3 colour, 4 CMYK; 0 when no frame was found
 * @param ycck whether an Adobe marker says that CMYK is stored as YCCK
 * @param exif the TIFF structure of the EXIF segment, or null
 */
record JpegHeader(int components, boolean ycck, @Nullable ByteBuffer exif) {
    private static final int SOS = 0xDA;
    private static final int EOI = 0xD9;

    /** Walks the segments up to the first scan. */
    static JpegHeader of(byte[] bytes) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes).position(2);
        int components = 0;
        boolean ycck = false;
        ByteBuffer exif = null;
        try {
            for (int marker = next(in); marker != SOS && marker != EOI; marker = next(in)) {
                ByteBuffer body = body(in);
                if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) {
                    components = body.get(5) & 0xFF;
                } else if (marker == 0xEE && startsWith(body, "Adobe") && body.remaining() >= 12) {
                    ycck = body.get(11) == 2;
                } else if (marker == 0xE1 && exif == null && startsWith(body, "Exif\0\0")) {
                    exif = body.position(6).slice();
                }
            }
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            EOFException end = new EOFException("the header is cut off");
            end.initCause(e);
            throw end;
        }
        return new JpegHeader(components, ycck, exif);
    }

    /** The next marker, over fill bytes and stray bytes, as decoders do. */
    private static int next(ByteBuffer in) {
        int b = 0;
        while (b == 0 || b == 0xFF) {
            while ((in.get() & 0xFF) != 0xFF) {
                // stray bytes between segments are tolerated by every decoder
            }
            b = 0xFF;
            while (b == 0xFF) {
                b = in.get() & 0xFF;
            }
        }
        return b;
    }

    private static ByteBuffer body(ByteBuffer in) throws IOException {
        int length = (in.getShort() & 0xFFFF) - 2;
        if (length < 0) {
            throw new IOException("a segment of negative length");
        }
        ByteBuffer body = in.slice(in.position(), length);
        in.position(in.position() + length);
        return body;
    }

    private static boolean startsWith(ByteBuffer body, String text) {
        byte[] head = text.getBytes(StandardCharsets.ISO_8859_1);
        return body.remaining() >= head.length && body.slice(0, head.length).equals(ByteBuffer.wrap(head));
    }
}
