package duello.recipe;

import duello.catalog.Failure;
import duello.recipe.yaml.Nearest;
import duello.recipe.yaml.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds recipes: files anywhere, recipes by name in a folder, and those that are shipped inside the library. */
public final class Recipes {
    /** The recipe to start with. */
    public static final String DEFAULT = "shapes/contragan";

    private static final String PACKED = "/duello/recipes/";
    private static final String ADAPTATIONS = "adapt/";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*");

    private final @Nullable Path folder;

    /** The shipped recipes, and before them those in {@code folder}, if one is given. */
    public Recipes(@Nullable Path folder) {
        this.folder = folder;
    }

    /** The shipped recipes. */
    public static Recipes shipped() {
        return new Recipes(null);
    }

    /** The names of the shipped recipes, in the order in which they are best read. */
    public static List<String> list() {
        return index("index.txt");
    }

    /** The names of the shipped adaptations, which are recipes without networks, in the order of their papers. */
    public static List<String> adaptations() {
        return index(ADAPTATIONS + "index.txt");
    }

    private static List<String> index(String name) {
        InputStream index = Recipes.class.getResourceAsStream(PACKED + name);
        if (index == null) {
            throw new IllegalStateException("the library was packed without its recipes");
        }
        return read(name, index).lines().filter(line -> !line.isBlank()).toList();
    }

    /**
     * An adaptation by its file or its name, such as {@code dcl}.
     *
     * @throws Failure if there is none, with those that there are, or if it cannot be read
     */
    public RecipeText adaptation(String nameOrPath) {
        Path file = path(nameOrPath);
        if (Files.isRegularFile(file)) {
            return file(file);
        }
        return named(ADAPTATIONS + nameOrPath)
                .orElseThrow(() -> new Failure("there is no adaptation '" + nameOrPath + "'"
                        + Nearest.hint(nameOrPath, adaptations()) + "; there are " + String.join(", ", adaptations())
                        + ", or give a file"));
    }

    /**
     * A recipe by its file or its name, such as {@code cifar10/contragan}; a file of that name wins.
     *
     * @throws Failure if there is none, with the nearest name, or if it cannot be read
     */
    public RecipeText find(String nameOrPath) {
        Path file = path(nameOrPath);
        if (Files.isRegularFile(file)) {
            return file(file);
        }
        return named(nameOrPath).orElseThrow(() -> new Failure(missing(nameOrPath, file)));
    }

    /** The base that {@code from} extends: a file beside it, else as {@link #find}. */
    RecipeText base(RecipeText from, String nameOrPath) {
        Path beside = from.folder();
        if (beside != null) {
            for (String name : List.of(nameOrPath, nameOrPath + ".yaml")) {
                if (Files.isRegularFile(beside.resolve(name))) {
                    return file(beside.resolve(name));
                }
            }
            return find(nameOrPath);
        }
        // A shipped recipe knows nothing of the folder that the user happens to stand in.
        return named(nameOrPath).orElseThrow(() -> new Failure("there is no recipe '" + nameOrPath + "'"));
    }

    private Optional<RecipeText> named(String name) {
        String bare = name.endsWith(".yaml") ? name.substring(0, name.length() - 5) : name;
        if (!NAME.matcher(bare).matches()) {
            return Optional.empty();
        }
        if (folder != null && Files.isRegularFile(folder.resolve(bare + ".yaml"))) {
            return Optional.of(file(folder.resolve(bare + ".yaml")));
        }
        InputStream packed = Recipes.class.getResourceAsStream(PACKED + bare + ".yaml");
        return packed == null
                ? Optional.empty()
                : Optional.of(new RecipeText("recipe " + bare, read("recipe " + bare, packed), null));
    }

    private static String missing(String name, Path file) {
        if (Files.isDirectory(file)) {
            return name + " is a folder, not a recipe; give a .yaml file or a name that 'duello recipes' lists";
        }
        String bare = name.endsWith(".yaml") ? name.substring(0, name.length() - 5) : name;
        Optional<String> near =
                list().stream().filter(n -> n.endsWith("/" + bare)).findFirst();
        String hint = near.or(() -> Nearest.to(bare, list()))
                .map(n -> " (did you mean '" + n + "'?)")
                .orElse("");
        return "there is no recipe file and no shipped recipe '" + name + "'" + hint
                + "; 'duello recipes' lists the shipped ones";
    }

    private static RecipeText file(Path file) {
        Path whole = file.toAbsolutePath().normalize();
        try (InputStream in = Files.newInputStream(whole)) {
            String source = shown(whole);
            return new RecipeText(source, read(source, in), whole.getParent());
        } catch (IOException e) {
            throw new Failure(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new Failure("\"" + text + "\" is no path and no recipe's name: " + e.getReason(), e);
        }
    }

    /** One name for one file, however it was reached; short inside the working directory. */
    private static String shown(Path whole) {
        Path here = Path.of("").toAbsolutePath().normalize();
        return (whole.startsWith(here) ? here.relativize(whole) : whole).toString();
    }

    private static String read(String source, InputStream stream) {
        try (InputStream in = stream) {
            byte[] bytes = in.readNBytes(Yaml.MOST_CHARACTERS + 1);
            if (bytes.length > Yaml.MOST_CHARACTERS) {
                throw new Failure(source + " is larger than 1 MiB, so it is no recipe");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new Failure(source + " is not UTF-8 text, so it is no recipe", e);
        } catch (IOException e) {
            throw new Failure(source + " cannot be read: " + e.getMessage(), e);
        }
    }
}
