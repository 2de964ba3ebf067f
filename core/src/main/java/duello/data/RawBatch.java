package duello.data;

/**
 * One batch as bytes; the arrays belong to whoever took the batch.
 *
 * @param images {@code count} images one after the other, planar: {@code [count, 3, resolution, resolution]}
 * @param labels {@code [count]}, each in {@code 0 .. classes - 1}
 * @param ids {@code [count]}, the images' numbers in the dataset
 * @param count how many images; at least 1
 */
public record RawBatch(byte[] images, long[] labels, long[] ids, int count) {}
