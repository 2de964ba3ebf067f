package duello.metric;

import duello.io.NdArray;
import duello.io.PthReader;
import duello.io.SafeTensors;
import duello.torch.Forward;
import duello.torch.Init;
import duello.torch.Ops;
import duello.torch.Scope;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The features that FID is defined by: 2048 pooled maps and 1008 logits of TensorFlow's Inception of December 2015, with
 * PyTorch-StudioGAN's input: levels over 127.5 minus 1, enlarged to 299 by bilinear interpolation of pixel centres
 * without antialiasing ({@code legacy}).
 *
 * <p>The weights are the user's file: {@code pt_inception-2015-12-05-6726825d.pth} of pytorch-fid, the same content as
 * torch-fidelity publishes; {@code inception-2015-12-05.pt} of NVIDIA, a TorchScript program of which only the weights are
 * read; or the tensors of either as safetensors. One content gives one digest and the same features, whichever the file.
 */
public final class InceptionV3 implements FeatureNetwork {
    private static final String COUNTER = "num_batches_tracked";

    private final InceptionNet net;
    private final String digest;
    private final Device device;

    private InceptionV3(InceptionNet net, String digest, Device device) {
        this.net = net;
        this.digest = digest;
        this.device = device;
    }

    /**
     * Reads the weights. Nothing in the file is executed.
     *
     * @throws duello.catalog.Failure if the file cannot be read, or its names or shapes are not those of this network; it lists them
     */
    public static InceptionV3 load(Path file, Device device) {
        boolean safe = file.toString().toLowerCase(Locale.ROOT).endsWith(".safetensors");
        Map<String, NdArray> arrays = safe ? SafeTensors.read(file).tensors() : PthReader.tensors(PthReader.read(file));
        return of(InceptionNames.ours(arrays), file.toString(), device);
    }

    /** Of a state dict, whose counts of batches are passed over. */
    static InceptionV3 of(Map<String, NdArray> arrays, String source, Device device) {
        Map<String, NdArray> used = new LinkedHashMap<>(arrays);
        used.keySet().removeIf(key -> key.endsWith(COUNTER));
        InceptionNet net = new InceptionNet(Init.of(Init.Rule.XAVIER, 0, device));
        try (Scope scope = Scope.open()) {
            net.module().load(TensorFiles.tensors(used), source);
        }
        // In the network's own order, so that one content has one digest in every file format.
        return new InceptionV3(
                net, TensorFiles.digest(TensorFiles.arrays(net.module().state())), device);
    }

    @Override
    public Output extract(Tensor images) {
        Tensor levels = EightBit.levels(images.to(device, ScalarType.Float));
        return ofLevels(legacy(levels), Forward.Tap.NONE);
    }

    /** Of levels {@code [B, 3, 299, 299]}, 0 to 255. */
    Output ofLevels(Tensor levels, Forward.Tap tap) {
        Tensor x = Ops.add(levels.div(Ops.scalar(127.5)), -1);
        Tensor features = net.features(x, tap);
        return new Output(features, net.logits(features));
    }

    private static Tensor legacy(Tensor levels) {
        long[] size = {InceptionNet.SIDE, InceptionNet.SIDE};
        boolean fits = levels.size(2) == size[0] && levels.size(3) == size[1];
        return fits ? levels : torch.upsample_bilinear2d(levels, size, false);
    }

    @Override
    public String name() {
        return Score.PROPER;
    }

    @Override
    public String digest() {
        return digest;
    }

    @Override
    public String resizer() {
        return "legacy";
    }

    @Override
    public int width() {
        return InceptionNet.FEATURES;
    }

    @Override
    public Device device() {
        return device;
    }
}
