package duello.train;

import duello.method.Hook;
import duello.method.Loss;
import duello.method.Step;
import duello.method.Term;
import duello.torch.Ops;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.bytedeco.pytorch.Tensor;

/** Methods that only look at the steps of a run. */
final class Watch {
    private Watch() {}

    /** Looks at every step when its loss is there. */
    static Hook beforeBackward(BiConsumer<Step, Loss> look) {
        return new Hook() {
            @Override
            public void beforeBackward(Step s, Loss loss) {
                look.accept(s, loss);
            }
        };
    }

    /** Looks at every step when its gradients are there. */
    static Hook afterBackward(BiConsumer<Step, Loss> look) {
        return new Hook() {
            @Override
            public void afterBackward(Step s, Loss loss) {
                look.accept(s, loss);
            }
        };
    }

    /** Looks at every step of the discriminator while its graph is there. */
    static Term inDiscriminator(BiConsumer<Step, Loss> look) {
        return new Term() {
            @Override
            public void discriminator(Step s, Loss loss) {
                look.accept(s, loss);
            }
        };
    }

    /** A tensor's numbers, to be compared. */
    static List<Double> values(Tensor t) {
        return Arrays.stream(Ops.toDoubles(t)).boxed().toList();
    }
}
