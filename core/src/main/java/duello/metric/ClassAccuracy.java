package duello.metric;

import duello.torch.Ops;
import duello.torch.Scope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;

/** How often a classifier gives images the class they were made for: a conditional generator's obedience. */
public final class ClassAccuracy {
    private ClassAccuracy() {}

    /**
     * Share of rows whose largest logit is their label's, 0 to 1.
     *
     * @param logits {@code [N, classes]}
     * @param labels one a row
     */
    public static double of(Tensor logits, int[] labels) {
        try (Scope scope = Scope.open()) {
            long[] best = Ops.toLongs(logits.argmax(new LongOptional(1), false));
            if (best.length != labels.length || labels.length == 0) {
                throw new IllegalArgumentException(labels.length + " labels for " + best.length + " rows");
            }
            int right = 0;
            for (int i = 0; i < labels.length; i++) {
                right += best[i] == labels[i] ? 1 : 0;
            }
            return (double) right / labels.length;
        }
    }
}
