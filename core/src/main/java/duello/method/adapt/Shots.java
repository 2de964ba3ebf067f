package duello.method.adapt;

import duello.data.Dataset;
import duello.method.Table;
import duello.torch.Ops;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The few training images, all at once.
 *
 * @param images {@code [k, 3, H, W]} in [-1, 1]
 * @param labels int64 {@code [k]}
 */
record Shots(Tensor images, Tensor labels) {
    /** How many there are; 1 at a table without images, so that what is made for each of them has its names and shapes. */
    static int count(Table table) {
        Dataset data = table.data().train();
        return data == null ? 1 : data.size();
    }

    static Shots of(Table table) {
        Dataset data = table.data().train();
        if (data == null) {
            throw new IllegalStateException("there are no images at this table");
        }
        int side = data.resolution();
        int each = 3 * side * side;
        byte[] bytes = new byte[Math.multiplyExact(each, data.size())];
        long[] labels = new long[data.size()];
        for (int i = 0; i < data.size(); i++) {
            data.read(i, bytes, i * each);
            labels[i] = data.label(i);
        }
        Tensor images = Ops.bytes(bytes, data.size(), 3, side, side).to(table.device(), ScalarType.Float);
        return new Shots(
                Ops.add(Ops.mul(images, 1 / 127.5), -1),
                Ops.tensor(labels, labels.length).to(table.device(), ScalarType.Long));
    }
}
