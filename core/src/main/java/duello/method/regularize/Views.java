package duello.method.regularize;

import duello.catalog.Failure;
import duello.method.Augment;
import duello.method.Hook;
import duello.method.Method;
import duello.method.Stateful;
import duello.method.Table;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** What consistency regularisers have in common: the distance of two views, and the augmentation of the second. */
public final class Views {
    private Views() {}

    /**
     * The sum over what is compared of the mean squared difference: a scalar. The gradient flows through both views.
     *
     * @param one outputs of one view, {@code [B, ...]} each
     * @param other those of another, in the same order
     */
    public static Tensor distance(List<Tensor> one, List<Tensor> other) {
        if (one.size() != other.size() || one.isEmpty()) {
            throw new IllegalArgumentException("views of " + one.size() + " and " + other.size() + " outputs");
        }
        Tensor sum = torch.mse_loss(one.get(0), other.get(0));
        for (int i = 1; i < one.size(); i++) {
            sum = sum.add(torch.mse_loss(one.get(i), other.get(i)));
        }
        return sum;
    }

    /** The living form of another view's augmentation. One that adapts itself to the main views has nothing to go by. */
    static Augment built(Augment settings, Table table, String owner) {
        Method built = settings.build(table);
        if (!(built instanceof Augment augment) || built instanceof Hook || built instanceof Stateful) {
            throw new Failure(owner + ".augment: this augmentation adapts itself to what the discriminator says of the "
                    + "main views; use one of fixed strength, such as {type: ada_transforms}");
        }
        return augment;
    }
}
