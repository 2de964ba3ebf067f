package duello.method.condition;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.method.ClassObjective;
import duello.method.Loss;
import duello.method.Method;
import duello.method.Step;
import duello.method.Table;
import duello.method.Term;
import duello.model.Features;
import duello.model.Head;
import duello.model.HeadSite;
import duello.torch.Forward;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * The twin auxiliary classifier, over any class objective C with weight w. A second set of
 * heads, the twin, learns the classes of generated images, and the generator makes that hard, which keeps the variety
 * within a class that C alone would wear away:
 *
 * <pre>
 *   D: w C(real, y) + discriminator C_twin(fake, y)
 *   G: w C(fake, y) - generator     C_twin(fake, y)
 * </pre>
 *
 * The reference has built the twin's heads but read the main ones in their stead since version 0.4.0, so that the
 * generator's two parts cancel where their weights are equal; {@link Form#REFERENCE} repeats that. Consistency
 * regularisers do not compare the twin.
 */
@Doc("Twin auxiliary classifier: a second classifier of generated images, which the generator works against")
@Paper("Gong et al., Twin Auxiliary Classifiers GAN, NeurIPS 2019, arXiv 1907.02690")
public record TwinClassifier(
        @Doc("What is learnt of classes, and by how much") @Default("{type: ac}")
        ClassObjective objective,

        @Doc("Weight of the twin's loss in the discriminator") @Default("1") @Range(min = 0)
        double discriminator,

        @Doc("Weight of the twin's loss in the generator, where it is subtracted") @Default("1") @Range(min = 0)
        double generator,

        @Doc(
                "twin: the twin has heads of its own, as in the paper; reference: they are built but the main ones are read")
        @Default("twin")
        Form form)
        implements Method {

    /** Which heads the twin's loss reads. */
    public enum Form {
        /** Its own. */
        TWIN,
        /** The main ones; its own are in the state dict and never move. */
        REFERENCE
    }

    @Override
    public boolean needsClasses() {
        return true;
    }

    @Override
    public Method build(Table table) {
        HeadSite site = table.discriminator().site();
        int classes = table.domain().classes();
        ClassObjective.Bound main = objective.bind(site, classes, table.collective());
        ClassObjective.Bound twin = objective.bind(site.renamed(TwinClassifier::twin), classes, table.collective());
        return new Played(this, main, twin);
    }

    /** The reference's names: {@code linear2} has the twin {@code linear_mi}, {@code embedding} {@code embedding_mi}. */
    private static String twin(String head) {
        return head.replaceFirst("[0-9]+$", "") + "_mi";
    }

    private record Played(TwinClassifier settings, ClassObjective.Bound main, ClassObjective.Bound twin)
            implements Term {
        @Override
        public void discriminator(Step s, Loss loss) {
            loss.add("class", settings.objective.weight(), main.loss(s.onReal(), s.labels()));
            loss.add(
                    "twin",
                    settings.discriminator,
                    second().loss(s.onFake(), s.latent().labels()));
        }

        @Override
        public void generator(Step s, Loss loss) {
            Tensor labels = s.latent().labels();
            loss.add("class", settings.objective.weight(), main.loss(s.onFake(), labels));
            loss.add("twin", -settings.generator, second().loss(s.onFake(), labels));
        }

        private ClassObjective.Bound second() {
            return settings.form == Form.TWIN ? twin : main;
        }

        @Override
        public List<Head> heads() {
            List<Head> heads = new ArrayList<>(main.heads());
            twin.heads().forEach(h -> heads.add(new Uncompared(h)));
            return heads;
        }
    }

    private record Uncompared(Head head) implements Head {
        @Override
        public Tensor read(Features features, Tensor labels, Forward f) {
            return head.read(features, labels, f);
        }
    }
}
