package duello.data;

import duello.catalog.Failure;
import duello.catalog.ProgressListener;
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

    static FolderReport of(Path folder, ProgressListener listener) {
        return of("image_folder", folder, listings(folder), listener);
    }

    /** Of a dataset of another type, over its splits. */
    static FolderReport of(String type, Path folder, List<? extends StoredPictures> splits, ProgressListener listener) {
        TreeMap<String, Integer> counts = new TreeMap<>();
        List<ImageInfo> sound = new ArrayList<>();
        List<BadFile> bad = new ArrayList<>();
        for (StoredPictures split : splits) {
            AtomicReferenceArray<Object> results = decodeAll(split, listener);
            split.classes().forEach(c -> counts.putIfAbsent(c, 0));
            for (int i = 0; i < results.length(); i++) {
                if (results.get(i) instanceof ImageInfo info) {
                    sound.add(info);
                    counts.merge(split.classes().get(split.label(i)), 1, Integer::sum);
                } else if (results.get(i) instanceof Failure failure) {
                    bad.add(badFile(split.name(i), failure));
                }
            }
        }
        List<ClassCount> classes = counts.entrySet().stream()
                .map(e -> new ClassCount(e.getKey(), e.getValue()))
                .toList();
        int grey = (int) sound.stream().filter(ImageInfo::grey).count();
        int alpha = (int) sound.stream().filter(ImageInfo::alpha).count();
        return new FolderReport(type, folder, classes, sides(sound), List.copyOf(bad), grey, alpha);
    }

    /** Both splits where the folder has them, under the training classes' names. */
    private static List<FolderPictures> listings(Path folder) {
        if (!Files.isDirectory(folder.resolve("train"))) {
            return List.of(new FolderPictures(FolderListing.of(folder)));
        }
        FolderPictures train = new FolderPictures(FolderSplit.of(folder, Split.TRAIN, 0));
        return FolderSplit.hasHeldBack(folder)
                ? List.of(train, new FolderPictures(FolderSplit.of(folder, Split.VALIDATION, 0)))
                : List.of(train);
    }

    private static AtomicReferenceArray<Object> decodeAll(StoredPictures pictures, ProgressListener listener) {
        AtomicReferenceArray<Object> results = new AtomicReferenceArray<>(pictures.size());
        Count count = new Count("checking " + pictures.place(), pictures.size(), listener);
        Parallel.forEach(pictures.size(), () -> i -> {
            try {
                StoredPicture stored = pictures.read(i);
                results.set(i, Images.inspect(stored.bytes(), stored.name(), ImageOptions.DEFAULT));
            } catch (Failure e) {
                results.set(i, e);
            }
            count.another();
        });
        return results;
    }

    /** Counts what several threads have done. */
    private static final class Count {
        private final String stage;
        private final int total;
        private final ProgressListener listener;
        private int done;

        Count(String stage, int total, ProgressListener listener) {
            this.stage = stage;
            this.total = total;
            this.listener = listener;
        }

        synchronized void another() {
            done++;
            listener.progress(stage, done, total);
        }
    }

    private static BadFile badFile(String name, Failure failure) {
        String message = String.valueOf(failure.getMessage());
        String prefix = name + ": ";
        return new BadFile(name, message.startsWith(prefix) ? message.substring(prefix.length()) : message);
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
