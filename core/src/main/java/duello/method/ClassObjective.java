package duello.method;

import duello.dist.Collective;
import duello.model.Head;
import duello.model.HeadSite;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * A catalogue entry: how a discriminator learns classes (a formula and the heads it reads). Listed among the methods it
 * is played plainly: the discriminator on reals, the generator on fakes, with one weight.
 */
public interface ClassObjective extends Method {
    /** Weight in both players' losses. */
    double weight();

    /** Builds heads for {@code classes} classes. */
    Bound bind(HeadSite site, int classes, Collective collective);

    @Override
    default Method build(Table table) {
        return new ClassTerm(
                weight(), bind(table.discriminator().site(), table.domain().classes(), table.collective()));
    }

    @Override
    default boolean needsClasses() {
        return true;
    }

    /** The objective with its heads. */
    interface Bound {
        List<Head> heads();

        /** The loss of judged images against {@code labels}, int64 {@code [B]}: a scalar. */
        Tensor loss(Judged judged, Tensor labels);
    }
}
