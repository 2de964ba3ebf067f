package duello.studio.run;

import duello.catalog.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small files as a whole. */
public final class Texts {
    private Texts() {}

    /**
     * The bytes of a file.
     *
     * @throws Failure if it cannot be read
     */
    public static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new Failure(file + " cannot be read; check that it is there and its permissions", e);
        }
    }
}
