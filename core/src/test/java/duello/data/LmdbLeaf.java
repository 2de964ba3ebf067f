package duello.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;

/** The smallest LMDB database: two meta pages and one leaf of 32 KiB that holds all values. */
final class LmdbLeaf {
    private static final int PAGE = 1 << 15;

    private LmdbLeaf() {}

    static byte[] of(SortedMap<String, byte[]> entries) {
        ByteBuffer file = ByteBuffer.allocate(3 * PAGE).order(ByteOrder.LITTLE_ENDIAN);
        for (int page = 0; page < 2; page++) {
            int at = page * PAGE;
            file.putLong(at, page).putShort(at + 10, (short) 0x08);
            file.putInt(at + 16, 0xBEEFC0DE).putInt(at + 20, 1).putInt(at + 40, PAGE);
            file.putShort(at + 94, (short) 1).putLong(at + 104, 1).putLong(at + 120, entries.size());
            file.putLong(at + 128, 2).putLong(at + 136, 2).putLong(at + 144, page);
        }
        int leaf = 2 * PAGE;
        int upper = PAGE;
        int lower = 16;
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            byte[] key = entry.getKey().getBytes(StandardCharsets.US_ASCII);
            byte[] value = entry.getValue();
            upper -= (8 + key.length + value.length + 1) / 2 * 2;
            file.putShort(leaf + upper, (short) value.length).putShort(leaf + upper + 6, (short) key.length);
            file.put(leaf + upper + 8, key).put(leaf + upper + 8 + key.length, value);
            file.putShort(leaf + lower, (short) upper);
            lower += 2;
        }
        file.putLong(leaf, 2).putShort(leaf + 10, (short) 0x02);
        file.putShort(leaf + 12, (short) lower).putShort(leaf + 14, (short) upper);
        return file.array();
    }
}
