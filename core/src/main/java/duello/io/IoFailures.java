package duello.io;

import duello.catalog.Failure;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the operating system refused, in one line that names the file and what to do. */
final class IoFailures {
    private IoFailures() {}

    static Failure reading(Path file, IOException cause) {
        return new Failure(file + ": cannot be read: " + reason(cause), cause);
    }

    static Failure writing(Path file, IOException cause) {
        return new Failure(file + ": cannot be written: " + reason(cause), cause);
    }

    static Failure removing(Path file, IOException cause) {
        return new Failure(file + ": cannot be removed: " + reason(cause), cause);
    }

    private static String reason(IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "no such file or folder; check the path";
        }
        if (cause instanceof AccessDeniedException) {
            return "no permission; change its permissions or choose another place";
        }
        if (cause instanceof FileAlreadyExistsException || cause instanceof NotDirectoryException) {
            return "a file stands where a folder is needed; move it away or choose another place";
        }
        if (cause instanceof EOFException) {
            return "it ends too early";
        }
        String said = cause instanceof FileSystemException system ? system.getReason() : cause.getMessage();
        return explain(said, cause);
    }

    private static String explain(@Nullable String said, IOException cause) {
        String text = said == null || said.isBlank() ? cause.getClass().getSimpleName() : firstLine(said);
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left") || lower.contains("not enough space") || lower.contains("quota")) {
            return "the disk is full (" + text + "); free some space or choose another place";
        }
        return text;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("").strip();
    }
}
