package duello.metric;

import duello.torch.Conv2d;
import duello.torch.Forward;
import duello.torch.Layer;
import duello.torch.Layers;
import duello.torch.Module;
import duello.torch.Ops;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A chain of convolutions, rectifiers and pools with the numbers of torchvision's {@code features}, of which some maps are
 * tapped. It is written down in order: each call appends, and a tap is of the last map so far.
 */
final class Trunk implements Layer {
    private static final long[] ZERO = {0, 0};
    private static final long[] ONE = {1, 1};

    private final Module module = new Module();
    private final Layers layers;
    private final List<UnaryOperator<Tensor>> steps = new ArrayList<>();
    private final List<Integer> taps = new ArrayList<>();
    private final List<Integer> widths = new ArrayList<>();
    private int index;
    private int width = 3;

    Trunk(Layers layers) {
        this.layers = layers;
    }

    /** A convolution and its rectifier. */
    Trunk conv(int out, int kernel, int stride, int padding) {
        Conv2d made = layers.conv(Conv2d.Shape.conv(width, out, kernel, stride, padding));
        add(module.child("" + index, made), 2);
        width = out;
        return this;
    }

    /** {@code count} convolutions that keep the size, 3 x 3. */
    Trunk convs(int count, int out) {
        for (int i = 0; i < count; i++) {
            conv(out, 3, 1, 1);
        }
        return this;
    }

    private void add(Conv2d conv, int indices) {
        steps.add(x -> torch.relu_(conv.apply(x, Forward.EVALUATION)));
        index += indices;
    }

    /** A maximum of stride 2; with {@code ceil} the last, cut window counts too. */
    Trunk pool(int kernel, boolean ceil) {
        long[] size = {kernel, kernel};
        steps.add(x -> torch.max_pool2d(x, size, new long[] {2, 2}, ZERO, ONE, ceil));
        index++;
        return this;
    }

    /** SqueezeNet's module: squeezed by 1 x 1, then expanded by 1 x 1 and by 3 x 3, side by side. */
    Trunk fire(int squeezed, int expanded) {
        Module fire = new Module();
        Conv2d squeeze = fire.child("squeeze", layers.conv(Conv2d.Shape.conv(width, squeezed, 1, 1, 0)));
        Conv2d narrow = fire.child("expand1x1", layers.conv(Conv2d.Shape.conv(squeezed, expanded, 1, 1, 0)));
        Conv2d wide = fire.child("expand3x3", layers.conv(Conv2d.Shape.conv(squeezed, expanded, 3, 1, 1)));
        module.child("" + index++, fire);
        steps.add(x -> {
            Tensor y = torch.relu_(squeeze.apply(x, Forward.EVALUATION));
            return torch.relu_(Ops.cat(1, narrow.apply(y, Forward.EVALUATION), wide.apply(y, Forward.EVALUATION)));
        });
        width = 2 * expanded;
        return this;
    }

    Trunk tap() {
        taps.add(steps.size());
        widths.add(width);
        return this;
    }

    /** Channels of the tapped maps. */
    List<Integer> widths() {
        return List.copyOf(widths);
    }

    /** The tapped maps of {@code [B, 3, H, W]}, in order. */
    List<Tensor> maps(Tensor x) {
        List<Tensor> maps = new ArrayList<>();
        Tensor map = Ops.channelsLast(x);
        int step = 0;
        for (int tap : taps) {
            for (; step < tap; step++) {
                map = steps.get(step).apply(map);
            }
            maps.add(map);
        }
        return maps;
    }

    @Override
    public Module module() {
        return module;
    }
}
