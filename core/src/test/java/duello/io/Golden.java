package duello.io;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;

/** The folder of files written by the published implementations; {@code -Dduello.golden=DIR} names a fuller one. */
public final class Golden {
    private Golden() {}

    public static Path folder() {
        String given = System.getProperty("duello.golden");
        if (given != null && !given.isBlank()) {
            return Path.of(given);
        }
        return resource("manifest.json").resolveSibling("");
    }

    /** A file that lies beside the test classes, whichever folder is named. */
    public static Path resource(String name) {
        URL resource = Golden.class.getResource("/golden/" + name);
        if (resource == null) {
            throw new IllegalStateException("golden/" + name + " is not among the test resources");
        }
        try {
            return Path.of(resource.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
