package duello.method.pretext;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.method.Loss;
import duello.method.Measured;
import duello.method.Method;
import duello.method.Step;
import duello.method.Table;
import duello.method.Term;
import duello.model.Head;
import duello.torch.Ops;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * SSGAN-MS: the head that names one of K transformations has one more class, number K, for generated images. With CE the
 * mean cross-entropy, beside the adversarial loss:
 *
 * <pre>
 *   D: CE(T_k x, k) + CE(T_k G(z), K)
 *   G: CE(T_k G(z), k) - CE(T_k G(z), K)
 * </pre>
 *
 * So a generator is not rewarded for images that are easily recognised and easily told from real ones. The signed
 * difference and the weights are those of the SSGAN-LA authors' code. The authors' own code takes the absolute difference
 * {@code |CE(T_k G(z), k) - CE(T_k x, k)|} of generated and fresh real images for G, and the weights 0.5 and 0.1; that is
 * {@code absolute}.
 */
@Doc("SSGAN-MS: names the transformation of real images, and generated ones as such")
@Paper("Tran et al., Self-supervised GAN: Analysis and Improvement with Multi-class Minimax Game, NeurIPS 2019, "
        + "arXiv 1911.06997")
public record MultiClassMinimax(
        @Doc("Weight in the discriminator's loss") @Default("1") @Range(min = 0)
        double discriminator,

        @Doc("Weight in the generator's loss") @Default("0.2") @Range(min = 0)
        double generator,

        @Doc("Whether the generator's loss is the absolute difference to that of real images") @Default("false")
        boolean absolute,

        @Doc("What is done to the images") @Default("{type: rotation}")
        PretextTask task)
        implements Method {
    private static final String NAME = "ssgan_ms";

    @Override
    public Method build(Table table) {
        Assignment assignment = task.assign(table.domain(), table.device());
        int ways = assignment.transformation().classes();
        return new Played(
                this,
                new Examiner(NAME, assignment, true),
                TaskHead.at(table.discriminator().site(), NAME, ways + 1L),
                new Accuracy(NAME));
    }

    /**
     * What the discriminator minimises, a scalar.
     *
     * @param real outputs for real images, {@code [R, K + 1]}
     * @param classes what was done to them, int64 {@code [R]}
     * @param generated outputs for generated images, {@code [R, K + 1]}
     */
    public static Tensor discriminatorLoss(Tensor real, Tensor classes, Tensor generated) {
        return Recognition.loss(real, classes).add(asGenerated(generated));
    }

    /** What the generator minimises, a scalar; {@code classes} is what was done to the generated images. */
    public static Tensor generatorLoss(Tensor generated, Tensor classes) {
        return Recognition.loss(generated, classes).sub(asGenerated(generated));
    }

    private static Tensor asGenerated(Tensor outputs) {
        Scalar last = new Scalar(outputs.size(1) - 1);
        Tensor targets = torch.full(new long[] {outputs.size(0)}, last, Ops.longs(outputs.device()));
        return Recognition.loss(outputs, targets);
    }

    private record Played(MultiClassMinimax settings, Examiner examiner, Head head, Accuracy accuracy)
            implements Term, Measured {
        @Override
        public void discriminator(Step s, Loss loss) {
            Examiner.Seen real = examiner.real(s);
            Tensor outputs = real.judged().read(head);
            accuracy.real(recognised(outputs, real.classes()));
            Tensor generated = examiner.generated(s).judged().read(head);
            loss.add(NAME, settings.discriminator, discriminatorLoss(outputs, real.classes(), generated));
        }

        @Override
        public void generator(Step s, Loss loss) {
            Examiner.Seen generated = examiner.generated(s);
            Tensor outputs = generated.judged().read(head);
            accuracy.generated(recognised(outputs, generated.classes()));
            loss.add(
                    NAME,
                    settings.generator,
                    settings.absolute
                            ? difference(s, Recognition.loss(outputs, generated.classes()))
                            : generatorLoss(outputs, generated.classes()));
        }

        private Tensor difference(Step s, Tensor ofGenerated) {
            Examiner.Seen real = examiner.real(s);
            return ofGenerated
                    .sub(Recognition.loss(real.judged().read(head), real.classes()))
                    .abs();
        }

        /** Whether the transformation is right, whatever is thought of who made the image. */
        private static Tensor recognised(Tensor outputs, Tensor classes) {
            return Accuracy.named(Ops.slice(outputs, 1, 0, outputs.size(1) - 1), classes);
        }

        @Override
        public List<Head> heads() {
            return List.of(head);
        }

        @Override
        public Map<String, Tensor> measures() {
            return accuracy.measures();
        }
    }
}
