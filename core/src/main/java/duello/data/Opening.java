package duello.data;

import duello.catalog.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From stored pictures to a dataset: all in memory where there is room, else decoded each time.
 *
 * @param memory how much they may take, in MiB
 */
record Opening(PictureDecoder decoder, OnCorrupt onCorrupt, int memory) {
    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);
    private static final int NAMED = 20;

    /**
     * The dataset.
     *
     * @param name what reports call it
     * @throws Failure if no picture is sound, or one is not and such are refused
     */
    Dataset open(String name, StoredPictures pictures) {
        if ((long) decoder.imageBytes() * pictures.size() > room()) {
            LOG.info("{}: more than {} MiB, so images are decoded when they are read", pictures.place(), room() >> 20);
            return new LazyPictures(name, pictures, decoder, onCorrupt == OnCorrupt.SKIP);
        }
        return inMemory(name, pictures);
    }

    /** In bytes; never more than half of the heap, whatever the setting allows. */
    private long room() {
        return Math.min((long) memory << 20, Runtime.getRuntime().maxMemory() / 2);
    }

    private Dataset inMemory(String name, StoredPictures pictures) {
        Pixels pixels = new Pixels(pictures.size(), decoder.resolution());
        AtomicReferenceArray<Failure> failures = new AtomicReferenceArray<>(pictures.size());
        Parallel.forEach(pictures.size(), () -> i -> {
            try {
                pixels.write(i, decoder.decode(pictures.read(i)), 0);
            } catch (Failure e) {
                if (onCorrupt == OnCorrupt.REFUSE) {
                    throw e;
                }
                failures.set(i, e);
            }
        });
        List<Integer> sound = sound(pictures, failures);
        int[] labels = sound.stream().mapToInt(pictures::label).toArray();
        return new MemoryDataset(
                name, pictures.classes(), labels, sound.size() == pictures.size() ? pixels : only(sound, pixels));
    }

    private static List<Integer> sound(StoredPictures pictures, AtomicReferenceArray<Failure> failures) {
        List<Integer> sound = new ArrayList<>();
        int broken = 0;
        for (int i = 0; i < pictures.size(); i++) {
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
                    .formatted(pictures.place(), pictures.size(), first == null ? "" : first.getMessage()));
        }
        if (broken > 0) {
            LOG.warn("{}: {} of {} pictures are broken and left out", pictures.place(), broken, pictures.size());
        }
        return sound;
    }

    private Pixels only(List<Integer> sound, Pixels all) {
        Pixels kept = new Pixels(sound.size(), decoder.resolution());
        byte[] image = new byte[decoder.imageBytes()];
        for (int i = 0; i < sound.size(); i++) {
            all.read(sound.get(i), image, 0);
            kept.write(i, image, 0);
        }
        return kept;
    }
}
