package duello.io;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One page of the tree: a header of 16 bytes, the places of its nodes, and from the end backwards the nodes. A branch's
 * node holds the page of a child, a leaf's a key and its value or where that lies.
 */
final class LmdbPage {
    static final int BRANCH = 0x01;
    static final int LEAF = 0x02;
    static final int OVERFLOW = 0x04;
    static final int HEADER = 16;

    private static final int KINDS = 0x7F;
    private static final int DIRTY = 0x10;
    private static final int NODE = 8;
    private static final int FLAG_OVERFLOW = 0x01;

    private final LmdbFile file;
    private final long number;
    private final ByteBuffer bytes;
    private final int count;

    private LmdbPage(LmdbFile file, long number, ByteBuffer bytes) {
        this.file = file;
        this.number = number;
        this.bytes = bytes;
        int lower = bytes.getShort(12) & 0xFFFF;
        int upper = upper();
        if (lower < HEADER || lower > upper || upper > bytes.limit() || lower % 2 != 0) {
            throw damaged("has an impossible layout");
        }
        this.count = (lower - HEADER) / 2;
    }

    /**
     * A value's place: in the leaf itself, or in overflow pages.
     *
     * @param overflow the first overflow page, or -1
     * @param at where its bytes begin in the file
     * @param length how many they are
     */
    record Value(long overflow, long at, long length) {}

    /**
     * Reads a page of the tree.
     *
     * @param kind {@link #BRANCH} or {@link #LEAF}
     * @throws duello.catalog.Failure if it is another kind, another page than its number says, or not in the file
     */
    static LmdbPage of(LmdbFile file, long number, int pageSize, int kind) throws IOException {
        ByteBuffer bytes = header(file, number, pageSize, pageSize, kind);
        return new LmdbPage(file, number, bytes);
    }

    /** The first {@code length} bytes of a page, whose header is sound. */
    static ByteBuffer header(LmdbFile file, long number, int pageSize, int length, int kind) throws IOException {
        if (number < 2 || number >= file.size() / pageSize || number >= Lmdb.MOST_PAGES) {
            throw number < 2 || number >= Lmdb.MOST_PAGES
                    ? file.damaged("it points at page " + Long.toUnsignedString(number))
                    : file.cutOff((number + 1) * pageSize);
        }
        ByteBuffer bytes = file.read(number * pageSize, length);
        int kinds = bytes.getShort(10) & KINDS & ~DIRTY;
        if (bytes.getLong(0) != number || kinds != kind) {
            throw file.damaged("page " + number + " is not what points at it takes it for");
        }
        return bytes;
    }

    int count() {
        return count;
    }

    /** The page of a branch's child. */
    long child(int index) {
        int at = node(index);
        return word(at) | (long) word(at + 2) << 16 | (long) word(at + 4) << 32;
    }

    /** A leaf's key. */
    byte[] key(int index) {
        int at = node(index);
        byte[] key = new byte[word(at + 6)];
        if (key.length == 0 || at + NODE + key.length > bytes.limit()) {
            throw damaged("has a key that reaches out of it");
        }
        bytes.get(at + NODE, key);
        return key;
    }

    /** Where a leaf's value lies; checked to be within the file, but an overflow page's header is not looked at. */
    Value value(int index) {
        int at = node(index);
        int flags = word(at + 4);
        long length = word(at) | (long) word(at + 2) << 16;
        int data = at + NODE + word(at + 6);
        boolean overflow = flags == FLAG_OVERFLOW;
        if ((flags & ~FLAG_OVERFLOW) != 0 || data + (overflow ? Long.BYTES : length) > bytes.limit()) {
            throw damaged("has a value that reaches out of it, or a database in the place of one");
        }
        if (!overflow) {
            return new Value(-1, number * bytes.limit() + data, length);
        }
        long page = bytes.getLong(data);
        if (page < 2 || page >= Lmdb.MOST_PAGES) {
            throw damaged("points at page " + Long.toUnsignedString(page));
        }
        long begin = page * bytes.limit() + HEADER;
        if (!file.holds(begin, length)) {
            throw file.cutOff(begin + length);
        }
        return new Value(page, begin, length);
    }

    private int node(int index) {
        if (index < 0 || index >= count) {
            throw damaged("has no node " + index);
        }
        int at = word(HEADER + 2 * index);
        if (at < upper() || at + NODE > bytes.limit()) {
            throw damaged("has a node that reaches out of it");
        }
        return at;
    }

    private int upper() {
        return bytes.getShort(14) & 0xFFFF;
    }

    private int word(int at) {
        return bytes.getShort(at) & 0xFFFF;
    }

    private RuntimeException damaged(String what) {
        return file.damaged("page " + number + " " + what);
    }
}
