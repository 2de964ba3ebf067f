package duello;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The pages of the documentation, whose examples the tests take at their word. */
final class Docs {
    private static final Path ROOT = Path.of(System.getProperty("basedir", "."))
            .toAbsolutePath()
            .normalize()
            .resolveSibling("");

    private Docs() {}

    /** A page's file. */
    static Path file(String name) {
        return ROOT.resolve(name);
    }

    /** The text of a page, named from the top of the source tree. */
    static String page(String name) {
        try {
            return Files.readString(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands between the fences of a page's blocks of one language, in order. */
    static List<String> blocks(String page, String language) {
        Pattern fence =
                Pattern.compile("^```" + Pattern.quote(language) + "\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
        Matcher blocks = fence.matcher(page(page));
        List<String> found = new ArrayList<>();
        while (blocks.find()) {
            found.add(blocks.group(1));
        }
        return found;
    }

    /** The only block of one language that contains {@code mark}. */
    static String block(String page, String language, String mark) {
        List<String> found =
                blocks(page, language).stream().filter(b -> b.contains(mark)).toList();
        if (found.size() != 1) {
            throw new IllegalStateException(page + " has " + found.size() + " blocks of " + language + " with " + mark);
        }
        return found.get(0);
    }

    /** Compiles whole source files against this test's class path into {@code folder} and loads from there. */
    static URLClassLoader compiled(Path folder, List<String> sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<Path> paths = new ArrayList<>();
            for (String source : sources) {
                paths.add(written(folder.resolve("source"), source));
            }
            List<String> options =
                    List.of("-proc:none", "-d", folder.toString(), "-classpath", System.getProperty("java.class.path"));
            boolean compiles = compiler.getTask(
                            messages, files, null, options, null, files.getJavaFileObjectsFromPaths(paths))
                    .call();
            if (!compiles) {
                throw new AssertionError("the example does not compile:\n" + messages);
            }
            return new URLClassLoader(new URL[] {folder.toUri().toURL()}, Docs.class.getClassLoader());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path written(Path folder, String source) throws IOException {
        Path file = folder.resolve(first(source, "package ([a-z.]+);").replace('.', '/'))
                .resolve(first(source, "public (?:final )?(?:class|record|interface) (\\w+)") + ".java");
        Files.createDirectories(file.getParent());
        return Files.writeString(file, source);
    }

    private static String first(String text, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        if (!found.find()) {
            throw new IllegalStateException("no " + pattern + " in:\n" + text);
        }
        return found.group(1);
    }
}
