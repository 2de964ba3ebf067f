package duello.method.pretext;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.method.Adversarial;
import duello.method.Judged;
import duello.method.Loss;
import duello.method.Measured;
import duello.method.Method;
import duello.method.Scored;
import duello.method.Step;
import duello.method.Table;
import duello.method.Term;
import duello.model.Head;
import duello.torch.Ops;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * DAGAN: the game of real and generated is played on transformed images, real and generated ones alike, in place of the
 * upright ones: {@code L(D(T_k x), D(T_k G(z)))} with an adversarial loss L. The recipe's logit head is read, one number
 * an image, so whatever it knows of classes stays. With {@code multi} (DAGAN-MD) it is instead the k-th output of a head
 * with one for each transformation, so that each is a discriminator of its own on a common trunk.
 */
@Doc("DAGAN: the adversarial loss on transformed images, real and generated alike")
@Paper("Tran et al., On Data Augmentation for GAN Training, IEEE Transactions on Image Processing 2021, "
        + "arXiv 2006.05338")
public record DataAugmentation(
        @Doc("Weight in the discriminator's loss") @Default("1") @Range(min = 0)
        double discriminator,

        @Doc("Weight in the generator's loss") @Default("1") @Range(min = 0)
        double generator,

        @Doc("The adversarial loss that is played on transformed images; of one number an image")
        @Default("{type: hinge}")
        Adversarial loss,

        @Doc("Whether each transformation has an output of its own (DAGAN-MD)") @Default("false")
        boolean multi,

        @Doc("Whether the recipe's adversarial loss on untransformed images takes part too") @Default("false")
        boolean keepAdversarial,

        @Doc("What is done to the images") @Default("{type: rotation}")
        PretextTask task)
        implements Method {
    private static final String NAME = "dagan";

    /** @throws IllegalArgumentException if the loss reads one score per class */
    public DataAugmentation {
        if (loss.perClass()) {
            throw new IllegalArgumentException("dagan's loss must read one number an image, such as hinge");
        }
    }

    @Override
    public boolean replacesAdversarial() {
        return !keepAdversarial;
    }

    @Override
    public Method build(Table table) {
        Assignment assignment = task.assign(table.domain(), table.device());
        long ways = assignment.transformation().classes();
        Head own = multi ? TaskHead.at(table.discriminator().site(), NAME, ways) : null;
        return new Played(this, new Examiner(NAME, assignment, true), own, new Accuracy(NAME));
    }

    /** @param own one output for each transformation, or null where the logit head is read */
    private record Played(
            DataAugmentation settings,
            Examiner examiner,
            @Nullable Head own,
            Accuracy accuracy) implements Term, Measured {
        @Override
        public void discriminator(Step s, Loss total) {
            Scored real = scored(examiner.real(s));
            Scored generated = scored(examiner.generated(s));
            accuracy.real(real.logit().gt(Ops.scalar(settings.loss.boundary())));
            total.add(
                    NAME,
                    settings.discriminator,
                    settings.loss.discriminator(real, generated).mean());
        }

        @Override
        public void generator(Step s, Loss total) {
            Scored generated = scored(examiner.generated(s));
            accuracy.generated(generated.logit().lt(Ops.scalar(settings.loss.boundary())));
            total.add(
                    NAME,
                    settings.generator,
                    settings.loss
                            .generator(() -> scored(examiner.real(s)), generated)
                            .mean());
        }

        private Scored scored(Examiner.Seen seen) {
            Judged judged = seen.judged();
            Tensor score = own == null ? judged.score() : Ops.chosen(judged.read(own), seen.classes());
            return new Scored(score, judged.labels());
        }

        @Override
        public List<Head> heads() {
            return own == null ? List.of() : List.of(own);
        }

        @Override
        public Map<String, Tensor> measures() {
            return accuracy.measures();
        }
    }
}
