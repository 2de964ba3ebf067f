package duello.data;

import duello.catalog.Failure;
import duello.io.Lmdb;
import duello.torch.Seeds;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which entries of a database are pictures to be used, in the order of their keys. LSUN's keys are hexadecimal numbers, and
 * every entry is a picture. The databases of few-shot papers have keys {@code <size>-<number>}, each picture perhaps in several
 * sizes, beside one {@code length}; of these the smallest size that need not be enlarged is taken, else the largest.
 */
final class LmdbListing {
    private static final Logger LOG = LoggerFactory.getLogger(LmdbListing.class);
    private static final Pattern SIZED = Pattern.compile("(\\d{1,5})-\\d+");
    private static final int UNSIZED = 0;

    private final Lmdb database;
    private final TreeMap<Integer, Found> bySize = new TreeMap<>();

    /** The entries of one size: their places, and a hash of each one's key. */
    private static final class Found {
        private final LongStream.Builder places = LongStream.builder();
        private final LongStream.Builder hashes = LongStream.builder();
        private int count;

        void add(String key, long place) {
            places.add(place);
            hashes.add(Seeds.derive(0, key));
            count = Math.addExact(count, 1);
        }
    }

    private LmdbListing(Lmdb database) {
        this.database = database;
    }

    /**
     * The places of pictures.
     *
     * @param resolution height and width wanted in pixels
     * @param fraction of the entries that is held back: those whose keys hash lowest, at least one left to learn from
     * @param split which part
     * @throws Failure if the database is damaged or that part is empty
     */
    static long[] of(Lmdb database, int resolution, double fraction, Split split) {
        LmdbListing listing = new LmdbListing(database);
        database.walk(listing::visit);
        Found chosen = listing.chosen(resolution);
        long[] places = chosen.places.build().toArray();
        long[] hashes = chosen.hashes.build().toArray();
        int held = (int) Math.min(Math.round(places.length * fraction), places.length - 1L);
        if (held == 0) {
            if (split == Split.VALIDATION) {
                throw new Failure("%s: no image is held back for validation; raise 'validation' (now %s)"
                        .formatted(database.path(), fraction));
            }
            return places;
        }
        long[] sorted = hashes.clone();
        Arrays.sort(sorted);
        long last = sorted[held - 1];
        return IntStream.range(0, places.length)
                .filter(i -> hashes[i] <= last == (split == Split.VALIDATION))
                .mapToLong(i -> places[i])
                .toArray();
    }

    private void visit(String key, long place) {
        if (key.equals("length")) {
            return; // how many pictures a few-shot database has
        }
        Matcher sized = SIZED.matcher(key);
        int size = sized.matches() ? Integer.parseInt(sized.group(1)) : UNSIZED;
        bySize.computeIfAbsent(size, s -> new Found()).add(key, place);
    }

    private Found chosen(int resolution) {
        Found unsized = bySize.remove(UNSIZED);
        if (bySize.isEmpty()) {
            if (unsized == null) {
                throw new Failure(database.path() + ": is an empty database, without any picture");
            }
            return unsized;
        }
        if (unsized != null) {
            LOG.warn("{}: {} entries beside those of known size are left out", database.path(), unsized.count);
        }
        Map.Entry<Integer, Found> enough = bySize.ceilingEntry(resolution);
        return enough == null ? bySize.lastEntry().getValue() : enough.getValue();
    }
}
