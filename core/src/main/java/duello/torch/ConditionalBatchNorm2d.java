package duello.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Conditional batch normalisation (Dumoulin et al., 2017; Brock et al., 2019, appendix B): with a condition vector a per
 * sample, {@code BN(x) * (1 + a Wg') + a Wb'}, BN without weight and bias, both maps linear without bias.
 */
public final class ConditionalBatchNorm2d implements Layer {
    private final Module module = new Module();
    private final BatchNorm2d norm;
    private final Linear gain;
    private final Linear bias;

    ConditionalBatchNorm2d(Layers layers, long channels, long condition) {
        this.norm = module.child("bn", new BatchNorm2d(layers, channels, false));
        this.gain = module.child("gain", layers.linear(condition, channels, false));
        this.bias = module.child("bias", layers.linear(condition, channels, false));
    }

    /** {@code [B, C, H, W], [B, A] -> [B, C, H, W]}. */
    public Tensor apply(Tensor x, Tensor condition, Forward f) {
        Tensor scale = perMap(Ops.add(gain.apply(condition, f), 1));
        Tensor shift = perMap(bias.apply(condition, f));
        return torch.addcmul(shift, norm.apply(x, f), scale);
    }

    private static Tensor perMap(Tensor perChannel) {
        return perChannel.unsqueeze(-1).unsqueeze(-1);
    }

    /** {@link #apply} in a script. */
    public String script(Script s, String x, String condition) {
        String scale = s.let("torch.unsqueeze(torch.unsqueeze(torch.add(%s, 1), -1), -1)", gain.script(s, condition));
        String shift = s.let("torch.unsqueeze(torch.unsqueeze(%s, -1), -1)", bias.script(s, condition));
        return s.let("torch.addcmul(%s, %s, %s)", shift, norm.script(s, x), scale);
    }

    @Override
    public Module module() {
        return module;
    }
}
