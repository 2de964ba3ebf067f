package duello.bench;

import duello.bench.FilterForms.Form;
import duello.bench.FilterForms.Job;
import duello.torch.Devices;
import duello.torch.Draws;
import duello.torch.Ops;
import duello.torch.Scope;
import duello.torch.SeededDraws;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** One filtered or styled convolution with its input, channels-last. */
final class FilterCase {
    private final Job job;
    private final int channels;
    private final int side;
    private final Tensor x;
    private final Tensor weight;
    private final Tensor styles;

    /** Fixed random tensors; {@code side} is the smaller map's. */
    FilterCase(Job job, int batch, int channels, int side) {
        Draws draws = new SeededDraws(1, Devices.CPU);
        int seen = job == Job.IMAGE_UP ? 3 : channels;
        int given = job == Job.DOWN || job == Job.SHORTCUT_DOWN ? 2 * side : side;
        long kernel = job == Job.SHORTCUT_DOWN ? 1 : 3;
        this.job = job;
        this.channels = seen;
        this.side = side;
        this.x = Scope.keep(Ops.channelsLast(draws.normal(batch, seen, given, given)))
                .requires_grad_(true);
        this.weight = Scope.keep(Ops.mul(draws.normal(seen, seen, kernel, kernel), 0.05))
                .requires_grad_(true);
        this.styles =
                Scope.keep(Ops.add(Ops.mul(draws.normal(batch, seen), 0.3), 1)).requires_grad_(true);
    }

    Job job() {
        return job;
    }

    int channels() {
        return channels;
    }

    int side() {
        return side;
    }

    /** Forward and backward. */
    void run(Form form) {
        try (Scope scope = Scope.open()) {
            Ops.grads(computed(form), List.of(x, weight, styles), false);
        }
    }

    /** The largest difference of two forms' outputs, as a fraction of the largest value. */
    double disagreement(Form one, Form other) {
        try (Scope scope = Scope.open()) {
            Tensor a = computed(one).detach();
            Tensor b = computed(other).detach();
            return a.sub(b).abs().max().item_double() / a.abs().max().item_double();
        }
    }

    private Tensor computed(Form form) {
        return form.formula().of(x, weight, styles);
    }
}
