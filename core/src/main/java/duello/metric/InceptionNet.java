package duello.metric;

import duello.metric.InceptionConv.Shape;
import duello.torch.Forward;
import duello.torch.Init;
import duello.torch.Layer;
import duello.torch.Module;
import duello.torch.Ops;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The Inception network of TensorFlow, December 2015, as its PyTorch ports name its parts (472 tensors, 23 885 392
 * numbers). It is not torchvision's: average pools leave padding out, the last block pools by maximum, the
 * normalisation's eps is 1e-3 and there are 1008 outputs.
 */
final class InceptionNet implements Layer {
    static final int FEATURES = 2048;
    static final int SIDE = 299;
    private static final int OUTPUTS = 1008;

    private final Module module = new Module();
    private final Map<String, UnaryOperator<Tensor>> stages = new LinkedHashMap<>();
    private final Tensor outputWeight;
    private final Tensor outputBias;

    InceptionNet(Init init) {
        conv(init, "Conv2d_1a_3x3", Shape.valid(3, 32, 3, 2));
        conv(init, "Conv2d_2a_3x3", Shape.valid(32, 32, 3, 1));
        conv(init, "Conv2d_2b_3x3", Shape.square(32, 64, 3));
        stages.put("MaxPool_1", InceptionBlock::halved);
        conv(init, "Conv2d_3b_1x1", Shape.square(64, 80, 1));
        conv(init, "Conv2d_4a_3x3", Shape.valid(80, 192, 3, 1));
        stages.put("MaxPool_2", InceptionBlock::halved);
        block("Mixed_5b", InceptionBlock.a(init, 192, 32));
        block("Mixed_5c", InceptionBlock.a(init, 256, 64));
        block("Mixed_5d", InceptionBlock.a(init, 288, 64));
        block("Mixed_6a", InceptionBlock.b(init, 288));
        block("Mixed_6b", InceptionBlock.c(init, 128));
        block("Mixed_6c", InceptionBlock.c(init, 160));
        block("Mixed_6d", InceptionBlock.c(init, 160));
        block("Mixed_6e", InceptionBlock.c(init, 192));
        block("Mixed_7a", InceptionBlock.d(init));
        block("Mixed_7b", InceptionBlock.e(init, 1280, false));
        block("Mixed_7c", InceptionBlock.e(init, FEATURES, true));
        Module output = new Module();
        this.outputWeight = output.parameter("weight", init.zeros(OUTPUTS, FEATURES));
        this.outputBias = output.parameter("bias", init.zeros(OUTPUTS));
        module.child("fc", output);
    }

    private void conv(Init init, String name, Shape shape) {
        InceptionConv conv = module.child(name, new InceptionConv(init, shape));
        stages.put(name, conv::apply);
    }

    private void block(String name, InceptionBlock block) {
        module.child(name, block);
        stages.put(name, block::apply);
    }

    /** {@code [B, 3, 299, 299]} in [-1, 1] to {@code [B, 2048]}; {@code tap} sees every stage's map. */
    Tensor features(Tensor x, Forward.Tap tap) {
        Tensor map = x;
        for (Map.Entry<String, UnaryOperator<Tensor>> stage : stages.entrySet()) {
            map = tap.at(stage.getKey(), stage.getValue().apply(map));
        }
        return Ops.mean(map, false, 2, 3);
    }

    /** {@code [B, 2048]} to {@code [B, 1008]}, with the bias as PyTorch-StudioGAN. */
    Tensor logits(Tensor features) {
        return torch.linear(features, outputWeight, Ops.maybe(outputBias));
    }

    @Override
    public Module module() {
        return module;
    }
}
