package duello.io;

import duello.catalog.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What a meta page says. A file has two, pages 0 and 1, which transactions write in turn; the newer one counts.
 *
 * @param pageSize bytes in a page, a power of two
 * @param depth levels of the tree, 0 when it is empty; leaves are on the last
 * @param root the root's page, -1 when the tree is empty
 * @param entries how many keys
 * @param transaction which transaction wrote it
 */
record LmdbMeta(int pageSize, int depth, long root, long entries, long transaction) {
    private static final int HEADER = 16;
    private static final int LENGTH = 152;
    private static final int MAGIC = 0xBEEFC0DE;
    private static final int VERSION = 1;
    private static final int FLAG_META = 0x08;
    private static final int MOST_DEPTH = 32;
    private static final int LEAST_NODE = 10;

    /** @throws Failure if the file is no LMDB database, a kind of it that is not read, or damaged */
    static LmdbMeta newest(LmdbFile file) throws IOException {
        LmdbMeta first = at(file, 0);
        LmdbMeta second = at(file, first.pageSize);
        if (second.pageSize != first.pageSize) {
            throw file.damaged("its meta pages disagree about the size of a page");
        }
        return second.transaction > first.transaction ? second : first;
    }

    private static LmdbMeta at(LmdbFile file, long offset) throws IOException {
        if (file.size() < LENGTH) {
            throw new Failure(file.path() + ": is no LMDB database (it has only " + file.size() + " bytes)");
        }
        ByteBuffer page = file.read(offset, LENGTH);
        if (page.getInt(HEADER) != MAGIC || (page.getShort(10) & FLAG_META) == 0) {
            throw offset > 0
                    ? file.damaged("its second meta page is none")
                    : new Failure(file.path() + ": is no LMDB database (data.mdb of a 64-bit, little-endian machine)");
        }
        if (page.getInt(HEADER + 4) != VERSION) {
            throw new Failure(file.path() + ": is of version " + Integer.toUnsignedString(page.getInt(HEADER + 4))
                    + " of LMDB's format; only " + VERSION + " is read, so copy it with LMDB 0.9's mdb_copy");
        }
        return checked(file, page);
    }

    /** The free list's record begins at byte 40, the tree's at 88; both have 48 bytes. */
    private static LmdbMeta checked(LmdbFile file, ByteBuffer page) {
        LmdbMeta meta = new LmdbMeta(
                page.getInt(40), page.getShort(94) & 0xFFFF, page.getLong(128), page.getLong(120), page.getLong(144));
        int size = meta.pageSize;
        if (size < 512 || size > 1 << 15 || Integer.bitCount(size) != 1) {
            throw file.damaged("it claims pages of " + Integer.toUnsignedString(size) + " bytes");
        }
        if ((page.getShort(92) & 0x7FFF) != 0) {
            throw new Failure(
                    file.path() + ": keeps several values for a key, or keys in an order of their own; that is"
                            + " no export of pictures");
        }
        boolean empty = meta.root == -1;
        if (meta.depth > MOST_DEPTH || empty != (meta.depth == 0) || empty != (meta.entries == 0)) {
            throw file.damaged("it claims %s entries in a tree of %d levels"
                    .formatted(Long.toUnsignedString(meta.entries), meta.depth));
        }
        if (meta.entries < 0 || meta.entries > file.size() / LEAST_NODE) {
            throw file.damaged("it claims %s entries, more than its %d bytes can hold"
                    .formatted(Long.toUnsignedString(meta.entries), file.size()));
        }
        return meta;
    }
}
