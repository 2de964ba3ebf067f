package duello.recipe.studiogan;

import duello.recipe.yaml.Nearest;
import java.util.List;
import java.util.Locale;

/** The recipe's data. */
final class Images {
    private static final String NAME = "DATA.name";
    private static final List<String> KNOWN = List.of("CIFAR10", "CIFAR100");

    private Images() {}

    /** @param given whether the user names other data anyway */
    static Branch translated(Asked asked, boolean given) {
        String name = asked.text(NAME);
        Value classes = asked.value("DATA.num_classes");
        Value size = asked.value("DATA.img_size");
        if (KNOWN.contains(name)) {
            return asked.entry(name.toLowerCase(Locale.ROOT), NAME);
        }
        if (!given) {
            asked.note(NAME, advice(name, classes.text(), size.text()));
        }
        return asked.entry("image_folder", NAME)
                .with("path", "data/" + name)
                .with("resolution", size)
                .with("resizer", "lanczos");
    }

    private static String advice(String name, String classes, String size) {
        String folder = NAME + ": " + name + " is a folder of pictures, a subfolder for each of " + classes
                + " classes; name it with --data DIR or data.path=DIR; pictures are brought to " + size
                + " pixels by lanczos, the reference by default takes them as they are (RUN.pre_resizer)";
        return Nearest.to(name.toUpperCase(Locale.ROOT), KNOWN)
                .map(meant ->
                        NAME + ": " + name + " is not " + meant + ", which was probably meant; as in the reference"
                                + " it is the name of a folder of pictures; for " + meant
                                + " correct the file or put 'data={type: "
                                + meant.toLowerCase(Locale.ROOT) + "}' behind its name")
                .orElse(folder);
    }
}
