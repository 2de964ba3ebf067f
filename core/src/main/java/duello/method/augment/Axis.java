package duello.method.augment;

import org.bytedeco.pytorch.Tensor;

/** One axis of an image whose memory may hold fewer positions than it has, because some of them are alike. */
interface Axis {
    /** How many positions there are: {@code 0 ... positions - 1}. */
    long positions();

    /** Where given positions, int64, are in memory. */
    Tensor place(Tensor position);

    /** An axis that is in memory as it is. */
    static Axis plain(long size) {
        return new Axis() {
            @Override
            public long positions() {
                return size;
            }

            @Override
            public Tensor place(Tensor position) {
                return position;
            }
        };
    }
}
