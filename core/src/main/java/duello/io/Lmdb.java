package duello.io;

import duello.catalog.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A database of LMDB, the memory-mapped B+ tree of OpenLDAP, as datasets come in ({@code data.mdb}): read-only, without its
 * lock file, so the folder may be read-only too. Only the one unnamed tree with one value a key is read, of format version 1
 * (LMDB 0.9) and 64-bit little-endian machines.
 *
 * <p>Why not LMDB itself: it maps the file and follows what stands there, so a file that a download left short ends the
 * process with a bus error, and a damaged one may. Here each page is read and checked, a walk ends whatever the file says,
 * and what is wrong is a {@link Failure} in one line.
 *
 * <p>Holds no open file; safe to be used by several threads.
 */
public final class Lmdb {
    /** Page numbers are packed with the number of a node into one {@code long}. */
    static final long MOST_PAGES = 1L << 47;

    private static final int MOST_SHOWN = 64;

    private final Path path;
    private final LmdbMeta meta;
    private final long size;

    private Lmdb(Path path, LmdbMeta meta, long size) {
        this.path = path;
        this.meta = meta;
        this.size = size;
    }

    /** Hears of every entry. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * One entry.
         *
         * @param key as text: bytes other than printable ASCII are written {@code %XX}
         * @param place what {@link #value} and {@link #key} take
         */
        void visit(String key, long place);
    }

    private interface Reading<T> {
        T from(LmdbFile file) throws IOException;
    }

    /**
     * Reads the meta pages.
     *
     * @param file usually {@code data.mdb}
     * @throws Failure if it is missing, no LMDB database, or one of a kind that is not read
     */
    public static Lmdb open(Path file) {
        return reading(file, f -> new Lmdb(file, LmdbMeta.newest(f), f.size()));
    }

    /** The file. */
    public Path path() {
        return path;
    }

    /** How many entries it says that it has, which {@link #walk} makes sure of. */
    public long entries() {
        return meta.entries();
    }

    /** What changes whenever the database does: its last transaction, entries and size in bytes. */
    public String state() {
        return "transaction " + meta.transaction() + ", " + meta.entries() + " entries, " + size + " bytes";
    }

    /**
     * Visits every entry in the order of keys, which are compared byte by byte, without reading the values. Afterwards the
     * tree is known to be sound, and all values to lie within the file.
     *
     * @throws Failure if the database is damaged or cut off
     */
    public void walk(Visitor visitor) {
        reading(path, f -> {
            new LmdbWalk(f, meta, visitor).run();
            return true;
        });
    }

    /**
     * The key at a place that {@link #walk} told, as text.
     *
     * @throws Failure if there is none any more
     */
    public String key(long place) {
        return reading(path, f -> text(leaf(f, place).key(node(place))));
    }

    /**
     * The value at a place that {@link #walk} told.
     *
     * @param most the longest value accepted, in bytes
     * @throws Failure if there is none any more, or its pages are damaged, or it is longer
     */
    public byte[] value(long place, long most) {
        return reading(path, f -> {
            LmdbPage leaf = leaf(f, place);
            LmdbPage.Value value = leaf.value(node(place));
            String name = named(text(leaf.key(node(place))));
            if (value.length() > Math.min(most, Integer.MAX_VALUE - 8)) {
                throw new Failure(name + ": has " + value.length() + " bytes, too many for a picture");
            }
            if (value.overflow() >= 0) {
                checkOverflow(f, value, name);
            }
            return f.read(value.at(), (int) value.length()).array();
        });
    }

    /** What messages call the entry with this key. */
    public String named(String key) {
        return path + ", key " + (key.length() <= MOST_SHOWN ? key : key.substring(0, MOST_SHOWN) + "...");
    }

    private LmdbPage leaf(LmdbFile file, long place) throws IOException {
        return LmdbPage.of(file, place >>> 16, meta.pageSize(), LmdbPage.LEAF);
    }

    private void checkOverflow(LmdbFile file, LmdbPage.Value value, String name) throws IOException {
        try {
            ByteBuffer header =
                    LmdbPage.header(file, value.overflow(), meta.pageSize(), LmdbPage.HEADER, LmdbPage.OVERFLOW);
            long room = (header.getInt(12) & 0xFFFFFFFFL) * meta.pageSize() - LmdbPage.HEADER;
            if (room < value.length()) {
                throw file.damaged("page " + value.overflow() + " is too short for its value");
            }
        } catch (Failure e) {
            throw new Failure(name + ": its value is damaged (" + reason(e) + ")", e);
        }
    }

    private String reason(Failure e) {
        String said = String.valueOf(e.getMessage());
        String prefix = path + ": ";
        String bare = said.startsWith(prefix) ? said.substring(prefix.length()) : said;
        int more = bare.indexOf(';');
        return more < 0 ? bare : bare.substring(0, more);
    }

    static long place(long page, int node) {
        return page << 16 | node;
    }

    private static int node(long place) {
        return (int) (place & 0xFFFF);
    }

    static String text(byte[] key) {
        StringBuilder text = new StringBuilder(key.length);
        for (byte b : key) {
            if (b > ' ' && b < 0x7F && b != '%') {
                text.append((char) b);
            } else {
                text.append('%').append("%02X".formatted(b & 0xFF));
            }
        }
        return text.toString();
    }

    private static <T> T reading(Path path, Reading<T> reading) {
        try (LmdbFile file = new LmdbFile(path)) {
            return reading.from(file);
        } catch (IOException e) {
            throw IoFailures.reading(path, e);
        }
    }
}
