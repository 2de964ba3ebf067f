package duello.data;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Failure;
import duello.catalog.Range;
import duello.io.Background;
import duello.io.PillowResampler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pictures of one's own: a subfolder for each class, or all in one folder. Each is cut to its middle square and resized as
 * Pillow does, which published scores rest on. {@code train/} beside {@code valid/}, {@code val/} or {@code test/} is taken as it
 * is; otherwise a part of each class is held back.
 */
@Doc("your own pictures: a subfolder for each class, or all in one folder; any size, cut square and resized")
public record ImageFolder(
        @Doc("the folder") String path,

        @Doc("height and width in pixels that the images are brought to") @Default("64") @Range(min = 4, max = 2048)
        int resolution,

        @Doc("how they are resized: lanczos, bicubic, bilinear, hamming, box or nearest, as Pillow") @Default("lanczos")
        PillowResampler.Filter resizer,

        @Doc("fraction of each class that is held back, where no folder valid, val or test says it")
        @Default("0.1")
        @Range(min = 0, max = 0.9)
        double validation,

        @Doc("skip: leave broken pictures out, with a warning; refuse: stop at the first") @Default("skip")
        OnCorrupt onCorrupt,

        @Doc("what shines through transparency: white, black, #rrggbb, or drop to ignore transparency")
        @Default("white")
        String background,

        @Doc(
                "images are kept in memory when they need no more than this, in MiB, and half of the heap; else decoded each time")
        @Default("4096")
        @Range(min = 0)
        int memory)
        implements DataSource {
    private static final Logger LOG = LoggerFactory.getLogger(ImageFolder.class);
    private static final int NAMED = 20;

    /** What happens when a picture cannot be decoded. */
    public enum OnCorrupt {
        SKIP,
        REFUSE
    }

    /** @throws Failure if the background is no colour */
    public ImageFolder {
        try {
            Background.parse(background);
        } catch (Failure e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Decodes every picture to say what the folder holds and what is wrong with it. */
    public static FolderReport inspect(Path folder) {
        return FolderInspection.of(folder);
    }

    @Override
    public Dataset open(Split split) {
        FolderListing listing = FolderSplit.of(Path.of(path), split, validation);
        FolderDecoder decoder = new FolderDecoder(resolution, resizer, Background.parse(background));
        Path last = Path.of(path).toAbsolutePath().normalize().getFileName();
        String name = last == null ? "images" : last.toString();
        if ((long) decoder.imageBytes() * listing.images().size() > room()) {
            LOG.info("{}: more than {} MiB, so images are decoded when they are read", path, room() >> 20);
            return new LazyFolder(name, listing, decoder, onCorrupt == OnCorrupt.SKIP);
        }
        return inMemory(name, listing, decoder);
    }

    /** In bytes; never more than half of the heap, whatever the setting allows. */
    private long room() {
        return Math.min((long) memory << 20, Runtime.getRuntime().maxMemory() / 2);
    }

    private Dataset inMemory(String name, FolderListing listing, FolderDecoder decoder) {
        List<FolderListing.Item> items = listing.images();
        Pixels pixels = new Pixels(items.size(), resolution);
        AtomicReferenceArray<Failure> failures = new AtomicReferenceArray<>(items.size());
        Parallel.forEach(items.size(), () -> i -> {
            try {
                pixels.write(i, decoder.decode(items.get(i).file()), 0);
            } catch (Failure e) {
                if (onCorrupt == OnCorrupt.REFUSE) {
                    throw e;
                }
                failures.set(i, e);
            }
        });
        List<Integer> sound = sound(items, failures);
        int[] labels = sound.stream().mapToInt(i -> items.get(i).label()).toArray();
        return new MemoryDataset(
                name, listing.classes(), labels, sound.size() == items.size() ? pixels : only(sound, pixels));
    }

    private List<Integer> sound(List<FolderListing.Item> items, AtomicReferenceArray<Failure> failures) {
        List<Integer> sound = new ArrayList<>();
        int broken = 0;
        for (int i = 0; i < items.size(); i++) {
            Failure failure = failures.get(i);
            if (failure == null) {
                sound.add(i);
            } else if (broken++ < NAMED) {
                LOG.warn("left out: {}", failure.getMessage());
            }
        }
        if (sound.isEmpty()) {
            Failure first = failures.get(0);
            throw new Failure("%s: none of its %d pictures can be read; the first: %s"
                    .formatted(path, items.size(), first == null ? "" : first.getMessage()));
        }
        if (broken > 0) {
            LOG.warn("{}: {} of {} pictures are broken and left out", path, broken, items.size());
        }
        return sound;
    }

    private Pixels only(List<Integer> sound, Pixels all) {
        Pixels kept = new Pixels(sound.size(), resolution);
        byte[] image = new byte[3 * resolution * resolution];
        for (int i = 0; i < sound.size(); i++) {
            all.read(sound.get(i), image, 0);
            kept.write(i, image, 0);
        }
        return kept;
    }
}
