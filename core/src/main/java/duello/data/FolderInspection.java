package duello.data;

import duello.catalog.Failure;
import duello.data.FolderReport.BadFile;
import duello.data.FolderReport.ClassCount;
import duello.data.FolderReport.Sides;
import duello.io.ImageInfo;
import duello.io.ImageOptions;
import duello.io.Images;
import duello.io.Size;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes a {@link FolderReport} by decoding every picture. */
final class FolderInspection {
    private FolderInspection() {}

    static FolderReport of(Path folder) {
        TreeMap<String, Integer> counts = new TreeMap<>();
        List<ImageInfo> sound = new ArrayList<>();
        List<BadFile> bad = new ArrayList<>();
        for (FolderListing listing : listings(folder)) {
            AtomicReferenceArray<Object> results = decodeAll(listing);
            listing.classes().forEach(c -> counts.putIfAbsent(c, 0));
            for (int i = 0; i < results.length(); i++) {
                FolderListing.Item item = listing.images().get(i);
                if (results.get(i) instanceof ImageInfo info) {
                    sound.add(info);
                    counts.merge(listing.classes().get(item.label()), 1, Integer::sum);
                } else if (results.get(i) instanceof Failure failure) {
                    bad.add(new BadFile(item.file(), reason(failure, item.file())));
                }
            }
        }
        List<ClassCount> classes = counts.entrySet().stream()
                .map(e -> new ClassCount(e.getKey(), e.getValue()))
                .toList();
        int grey = (int) sound.stream().filter(ImageInfo::grey).count();
        int alpha = (int) sound.stream().filter(ImageInfo::alpha).count();
        return new FolderReport(folder, classes, sides(sound), List.copyOf(bad), grey, alpha);
    }

    /** Both splits where the folder has them, under the training classes' names. */
    private static List<FolderListing> listings(Path folder) {
        if (!Files.isDirectory(folder.resolve("train"))) {
            return List.of(FolderListing.of(folder));
        }
        FolderListing train = FolderSplit.of(folder, Split.TRAIN, 0);
        return FolderSplit.hasHeldBack(folder)
                ? List.of(train, FolderSplit.of(folder, Split.VALIDATION, 0))
                : List.of(train);
    }

    private static AtomicReferenceArray<Object> decodeAll(FolderListing listing) {
        List<FolderListing.Item> items = listing.images();
        AtomicReferenceArray<Object> results = new AtomicReferenceArray<>(items.size());
        Parallel.forEach(items.size(), () -> i -> {
            try {
                results.set(i, Images.inspect(items.get(i).file(), ImageOptions.DEFAULT));
            } catch (Failure e) {
                results.set(i, e);
            }
        });
        return results;
    }

    private static String reason(Failure failure, Path file) {
        String message = String.valueOf(failure.getMessage());
        String prefix = file + ": ";
        return message.startsWith(prefix) ? message.substring(prefix.length()) : message;
    }

    private static Sides sides(List<ImageInfo> sound) {
        if (sound.isEmpty()) {
            return new Sides(0, 0, 0, new Size(1, 1), 0);
        }
        int[] shorter = sound.stream()
                .mapToInt(i -> Math.min(i.size().width(), i.size().height()))
                .sorted()
                .toArray();
        Map<Size, Long> sizes = sound.stream()
                .map(ImageInfo::size)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        Map.Entry<Size, Long> common = sizes.entrySet().stream()
                .max(Map.Entry.<Size, Long>comparingByValue()
                        .thenComparing(
                                e -> (long) e.getKey().width() * e.getKey().height())
                        .thenComparing(e -> e.getKey().width(), Comparator.naturalOrder()))
                .orElseThrow();
        int median = shorter[shorter.length / 2];
        return new Sides(
                shorter[0],
                median,
                shorter[shorter.length - 1],
                common.getKey(),
                common.getValue().intValue());
    }
}
