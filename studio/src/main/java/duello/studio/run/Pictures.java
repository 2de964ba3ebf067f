package duello.studio.run;

import duello.io.AtomicFiles;
import duello.io.Images;
import duello.io.Rgb;
import duello.metric.EightBit;
import duello.torch.Ops;
import duello.torch.Scope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** From tensors to pictures. */
public final class Pictures {
    private Pictures() {}

    /** The pictures of images {@code [B, 3, H, W]} in [-1, 1], rounded as for scores. */
    public static List<Rgb> of(Tensor images) {
        long[] shape = Ops.shape(images);
        int size = Math.toIntExact(shape[1] * shape[2] * shape[3]);
        byte[] bytes;
        try (Scope scope = Scope.open()) {
            bytes = Ops.toBytes(EightBit.levels(images.detach()));
        }
        List<Rgb> pictures = new ArrayList<>();
        for (int i = 0; i < shape[0]; i++) {
            byte[] planar = Arrays.copyOfRange(bytes, i * size, (i + 1) * size);
            pictures.add(new Rgb((int) shape[3], (int) shape[2], planar));
        }
        return pictures;
    }

    /** Writes a PNG file, whole or not at all. */
    public static void write(Path file, Rgb picture) {
        AtomicFiles.write(file, Images.encodePng(picture));
    }
}
