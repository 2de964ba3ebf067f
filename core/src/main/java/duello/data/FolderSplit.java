package duello.data;

import duello.catalog.Failure;
import duello.torch.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which images of a folder are learnt from and which are held back. */
final class FolderSplit {
    private static final List<String> VALIDATION_NAMES = List.of("valid", "val", "validation", "test");

    private FolderSplit() {}

    /**
     * The images of one split. {@code train/} beside {@code valid/}, {@code val/}, {@code validation/} or {@code test/} (the
     * first that is there) decides by itself; otherwise each class gives up {@code fraction} of its images, those whose
     * relative paths hash lowest, so the choice depends on nothing but the names.
     *
     * @throws Failure if nothing is held back but validation is asked for, or validation has a class that training lacks
     */
    static FolderListing of(Path root, Split split, double fraction) {
        Path train = root.resolve("train");
        Path held = heldBack(root);
        boolean hasTrain = Files.isDirectory(train);
        if (hasTrain && held != null) {
            FolderListing training = FolderListing.of(train);
            return split == Split.TRAIN ? training : relabelled(FolderListing.of(held), training);
        }
        return byHash(FolderListing.of(hasTrain ? train : root), split, fraction);
    }

    /** Whether a folder of its own holds the validation images. */
    static boolean hasHeldBack(Path root) {
        return heldBack(root) != null;
    }

    private static @Nullable Path heldBack(Path root) {
        return VALIDATION_NAMES.stream()
                .map(root::resolve)
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(null);
    }

    private static FolderListing relabelled(FolderListing held, FolderListing training) {
        Set<String> unknown = new HashSet<>(held.classes());
        unknown.removeAll(training.classes());
        if (!unknown.isEmpty()) {
            throw new Failure("%s: class '%s' is not among those of %s; rename or remove it"
                    .formatted(held.root(), unknown.iterator().next(), training.root()));
        }
        List<FolderListing.Item> items = held.images().stream()
                .map(i -> new FolderListing.Item(
                        i.file(),
                        i.relative(),
                        training.classes().indexOf(held.classes().get(i.label()))))
                .toList();
        return new FolderListing(held.root(), training.classes(), items);
    }

    private static FolderListing byHash(FolderListing all, Split split, double fraction) {
        Set<FolderListing.Item> held = new HashSet<>();
        Map<Integer, List<FolderListing.Item>> byClass =
                all.images().stream().collect(Collectors.groupingBy(FolderListing.Item::label));
        for (List<FolderListing.Item> ofClass : byClass.values()) {
            List<FolderListing.Item> ranked = ofClass.stream()
                    .sorted(Comparator.comparingLong((FolderListing.Item i) -> Seeds.derive(0, i.relative()))
                            .thenComparing(FolderListing.Item::relative))
                    .toList();
            int count = (int) Math.min(Math.round(ranked.size() * fraction), ranked.size() - 1L);
            held.addAll(ranked.subList(0, count));
        }
        if (split == Split.VALIDATION && held.isEmpty()) {
            throw new Failure(
                    "%s: no image is held back for validation; raise 'validation' (now %s) or add a folder 'valid'"
                            .formatted(all.root(), fraction));
        }
        List<FolderListing.Item> kept = new ArrayList<>(all.images());
        kept.removeIf(i -> held.contains(i) != (split == Split.VALIDATION));
        return new FolderListing(all.root(), all.classes(), kept);
    }
}
