package duello.io;

import java.io.IOException;
import java.util.Arrays;

/**
 * Visits every leaf once, in the order of keys. It ends whatever the file says: the depth is bounded, no more pages are
 * visited than the file has, and keys must ascend.
 */
final class LmdbWalk {
    private final LmdbFile file;
    private final LmdbMeta meta;
    private final Lmdb.Visitor visitor;
    private byte[] last = new byte[0];
    private long pages;
    private long entries;

    LmdbWalk(LmdbFile file, LmdbMeta meta, Lmdb.Visitor visitor) {
        this.file = file;
        this.meta = meta;
        this.visitor = visitor;
    }

    void run() throws IOException {
        if (meta.depth() > 0) {
            page(meta.root(), 1);
        }
        if (entries != meta.entries()) {
            throw file.damaged("it says that it has " + meta.entries() + " entries, but there are " + entries);
        }
    }

    private void page(long number, int level) throws IOException {
        if (++pages > file.size() / meta.pageSize()) {
            throw file.damaged("its pages point at each other in a circle");
        }
        boolean leaf = level == meta.depth();
        LmdbPage page = LmdbPage.of(file, number, meta.pageSize(), leaf ? LmdbPage.LEAF : LmdbPage.BRANCH);
        for (int i = 0; i < page.count(); i++) {
            if (leaf) {
                visit(page, number, i);
            } else {
                page(page.child(i), level + 1);
            }
        }
    }

    private void visit(LmdbPage page, long number, int index) {
        byte[] key = page.key(index);
        if (Arrays.compareUnsigned(last, key) >= 0) {
            throw file.damaged("page " + number + " has keys that do not ascend");
        }
        page.value(index);
        last = key;
        entries++;
        visitor.visit(Lmdb.text(key), Lmdb.place(number, index));
    }
}
