package duello.studio.console;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a process is given: where it writes, what it is told, where it may keep things.
 *
 * @param out results
 * @param err failures, warnings and progress
 * @param terminal whether a person watches
 * @param environment the environment variables
 * @param cache the folder for what can be made again: classifiers, reference features, logs
 * @param interruption the wish to stop
 */
public record Surroundings(
        PrintWriter out,
        PrintWriter err,
        boolean terminal,
        Map<String, String> environment,
        Path cache,
        Interruption interruption) {
    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /** Those of this process. */
    public static Surroundings ofProcess(Interruption interruption) {
        Map<String, String> environment = System.getenv();
        boolean terminal = System.console() != null && !"dumb".equals(environment.get("TERM"));
        return new Surroundings(
                new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true),
                new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true),
                terminal,
                environment,
                cacheFolder(environment),
                interruption);
    }

    /** {@code DUELLO_CACHE}, else the place where the system's programs keep such things. */
    static Path cacheFolder(Map<String, String> environment) {
        if (given(environment, "DUELLO_CACHE")) {
            return Path.of(environment.get("DUELLO_CACHE"));
        }
        if (given(environment, "XDG_CACHE_HOME")) {
            return Path.of(environment.get("XDG_CACHE_HOME"), "duello");
        }
        if (given(environment, "LOCALAPPDATA")) {
            return Path.of(environment.get("LOCALAPPDATA"), "duello", "cache");
        }
        return Path.of(System.getProperty("user.home", "."), ".cache", "duello");
    }

    /** Whether a variable is set to something. */
    public boolean given(String variable) {
        return given(environment, variable);
    }

    private static boolean given(Map<String, String> environment, String variable) {
        String value = environment.get(variable);
        return value != null && !value.isBlank();
    }
}
