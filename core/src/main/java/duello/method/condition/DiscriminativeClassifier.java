package duello.method.condition;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.method.ClassObjective;
import duello.method.Judged;
import duello.method.Loss;
import duello.method.Method;
import duello.method.Step;
import duello.method.Table;
import duello.method.Term;
import duello.model.Head;
import duello.torch.Ops;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * The auxiliary discriminative classifier, over any class objective C with weight w: each class counts twice, real images
 * of class y as 2y and generated ones as 2y + 1, so that the classifier tells real from generated too.
 *
 * <pre>
 *   D: w C(real, 2y) + w C(fake, 2y + 1)
 *   G: w C(fake, 2y) - w C(fake, 2y + 1)
 * </pre>
 *
 * Both of the generator's parts read one pass of the discriminator with different labels. The reference makes a second
 * pass over the same images for the second part; the function is the same, but its spectral norms take one more power
 * iteration in each of the generator's updates, so that their vectors are a little ahead of those here.
 */
@Doc("Auxiliary discriminative classifier: real and generated images of a class count as two classes")
@Paper("Hou et al., Conditional GANs with Auxiliary Discriminative Classifier, ICML 2022, arXiv 2107.10060")
public record DiscriminativeClassifier(
        @Doc("What is learnt of classes, and by how much") @Default("{type: ac}")
        ClassObjective objective) implements Method {

    @Override
    public boolean needsClasses() {
        return true;
    }

    @Override
    public Method build(Table table) {
        int classes = Math.multiplyExact(2, table.domain().classes());
        return new Played(
                objective.weight(), objective.bind(table.discriminator().site(), classes, table.collective()));
    }

    /** What real images of classes {@code labels}, int64 {@code [B]}, count as: {@code 2y}. */
    public static Tensor real(Tensor labels) {
        return labels.add(labels);
    }

    /** What generated images of classes {@code labels}, int64 {@code [B]}, count as: {@code 2y + 1}. */
    public static Tensor generated(Tensor labels) {
        return Ops.add(real(labels), 1L);
    }

    private record Played(double weight, ClassObjective.Bound objective) implements Term {
        @Override
        public void discriminator(Step s, Loss loss) {
            loss.add("class", weight, asReal(s.onReal(), s.labels()));
            loss.add(
                    "class_generated",
                    weight,
                    asGenerated(s.onFake(), s.latent().labels()));
        }

        @Override
        public void generator(Step s, Loss loss) {
            loss.add("class", weight, asReal(s.onFake(), s.latent().labels()));
            loss.add(
                    "class_generated",
                    -weight,
                    asGenerated(s.onFake(), s.latent().labels()));
        }

        private Tensor asReal(Judged judged, Tensor labels) {
            return objective.loss(judged, real(labels));
        }

        private Tensor asGenerated(Judged judged, Tensor labels) {
            return objective.loss(judged, generated(labels));
        }

        @Override
        public List<Head> heads() {
            return objective.heads();
        }
    }
}
