package duello.io;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The formats read, told apart by their first bytes: a file's name says nothing reliable. */
enum ImageFormat {
    PNG,
    JPEG,
    WEBP,
    BMP,
    GIF,
    TIFF;

    /** The format that these bytes begin like, or null. */
    static @Nullable ImageFormat of(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(12, bytes.length), StandardCharsets.ISO_8859_1);
        if (head.startsWith("\u0089PNG\r\n\u001a\n")) {
            return PNG;
        }
        if (head.startsWith("\u00ff\u00d8\u00ff")) {
            return JPEG;
        }
        if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) {
            return WEBP;
        }
        if (head.startsWith("GIF87a") || head.startsWith("GIF89a")) {
            return GIF;
        }
        if (head.startsWith("II*\0") || head.startsWith("MM\0*")) {
            return TIFF;
        }
        return head.startsWith("BM") ? BMP : null;
    }

    /** As ImageIO and users call it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
