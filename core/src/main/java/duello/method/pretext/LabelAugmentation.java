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
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * SSGAN-LA: one head of 2K classes names the transformation and who made the image, {@code 2k} for real and {@code
 * 2k + 1} for generated ones, and takes the place of the adversarial loss. With l a loss of {@link Labelled}:
 *
 * <pre>
 *   D: l(T_k x, 2k) + l(T_k G(z), 2k + 1)
 *   G: l(T_k G(z), 2k) - l(T_k G(z), 2k + 1)
 * </pre>
 *
 * With {@code keep_adversarial} it is SSGAN-LA+. Without, nobody trains the recipe's logit head, so methods that read
 * its scores have nothing to go by. The published run on CIFAR-10 has the hinge, each image in all four ways ({@code
 * task: {type: rotation, layout: all_four, share: 4}}) and four updates of the discriminator. The main views are looked
 * at all the same, so that methods beside this one find them as they are elsewhere.
 */
@Doc("SSGAN-LA: one head tells transformations and real from generated, in place of the adversarial loss")
@Paper("Hou et al., Self-Supervised GANs with Label Augmentation, NeurIPS 2021, arXiv 2106.08601")
public record LabelAugmentation(
        @Doc("Weight in the discriminator's loss") @Default("1") @Range(min = 0)
        double discriminator,

        @Doc("Weight in the generator's loss") @Default("1") @Range(min = 0)
        double generator,

        @Doc("cross_entropy, or multi_hinge as in the published runs") @Default("multi_hinge")
        Labelled loss,

        @Doc("Whether the recipe's adversarial loss takes part too (SSGAN-LA+)") @Default("false")
        boolean keepAdversarial,

        @Doc("What is done to the images") @Default("{type: rotation}")
        PretextTask task)
        implements Method {
    private static final String NAME = "ssgan_la";

    @Override
    public boolean replacesAdversarial() {
        return !keepAdversarial;
    }

    @Override
    public Method build(Table table) {
        Assignment assignment = task.assign(table.domain(), table.device());
        int ways = assignment.transformation().classes();
        return new Played(
                this,
                new Examiner(NAME, assignment, true),
                TaskHead.at(table.discriminator().site(), NAME, 2L * ways),
                new Accuracy(NAME));
    }

    private record Played(LabelAugmentation settings, Examiner examiner, Head head, Accuracy accuracy)
            implements Term, Measured {
        @Override
        public void discriminator(Step s, Loss total) {
            Examiner.Seen real = examiner.real(s);
            Tensor onReal = real.judged().read(head);
            accuracy.real(recognised(onReal, real.classes()));
            Examiner.Seen generated = examiner.generated(s);
            Tensor onGenerated = generated.judged().read(head);
            total.add(
                    NAME,
                    settings.discriminator,
                    settings.loss.discriminator(onReal, real.classes(), onGenerated, generated.classes()));
        }

        @Override
        public void generator(Step s, Loss total) {
            Examiner.Seen generated = examiner.generated(s);
            Tensor outputs = generated.judged().read(head);
            accuracy.generated(recognised(outputs, generated.classes()));
            total.add(NAME, settings.generator, settings.loss.generator(outputs, generated.classes()));
        }

        /** Whether the transformation is right, whatever is thought of who made the image. */
        private static Tensor recognised(Tensor outputs, Tensor classes) {
            Tensor better = outputs.view(outputs.size(0), -1, 2).amax(new long[] {2}, false);
            return Accuracy.named(better, classes);
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
