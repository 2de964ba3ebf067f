package duello.studio.run;

import duello.io.AtomicFiles;
import duello.io.Images;
import duello.io.Rgb;
import duello.torch.Ops;
import duello.torch.Scope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** From tensors to pictures. */
public final class Pictures {
    private Pictures() {}

    /** The pictures of images {@code [B, 3, H, W]} in [-1, 1]: {@code round((x + 1) * 127.5)}, held to 0 .. 255. */
    public static List<Rgb> of(Tensor images) {
        try (Scope scope = Scope.open()) {
            return Scope.noGrad(() -> planes(images));
        }
    }

    private static List<Rgb> planes(Tensor images) {
        long[] shape = Ops.shape(images);
        Tensor scaled = Ops.mul(Ops.add(images, 1), 127.5);
        Tensor bytes = Ops.clamp(scaled.round(), 0, 255)
                .to(ScalarType.Byte)
                .cpu()
                .contiguous();
        int size = Math.toIntExact(shape[1] * shape[2] * shape[3]);
        BytePointer data = new BytePointer(bytes.data_ptr());
        List<Rgb> pictures = new ArrayList<>();
        for (long i = 0; i < shape[0]; i++) {
            byte[] planar = new byte[size];
            data.position(i * size).get(planar);
            pictures.add(new Rgb((int) shape[3], (int) shape[2], planar));
        }
        return pictures;
    }

    /** Writes a PNG file, whole or not at all. */
    public static void write(Path file, Rgb picture) {
        AtomicFiles.write(file, Images.encodePng(picture));
    }
}
