package duello.recipe.studiogan;

import duello.recipe.yaml.Problems;
import duello.recipe.yaml.Tree;
import duello.recipe.yaml.Tree.Fields;
import duello.recipe.yaml.Tree.Items;
import duello.recipe.yaml.Tree.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Files of PyTorch-StudioGAN: what says that a file is one, and what recipe it is. Facts are those of its commit 947b35e.
 */
public final class StudioGan {
    private static final String BACKBONE = "MODEL.backbone";

    private final Schema schema = Schema.ALL;
    private final Problems problems;
    private final Consumer<Note> notes;

    /**
     * @param problems where faults and what cannot be trained are added
     * @param notes where everything else goes that the user should know
     */
    public StudioGan(Problems problems, Consumer<Note> notes) {
        this.problems = problems;
        this.notes = notes;
    }

    /** Whether a file is one of them: it has one of their sections, whose names are in capitals. */
    public static boolean wrote(Tree file) {
        if (!(file instanceof Fields top)) {
            return false;
        }
        List<String> sections = Schema.ALL.sections();
        return top.fields().keySet().stream().anyMatch(key -> sections.contains(key) || key.equals(Schema.RUN));
    }

    /**
     * The recipe that a file describes. Its values keep their places in the file, so that faults which are found later
     * are reported there.
     *
     * @param file what {@link #wrote} accepts
     * @param title the recipe's
     * @param dataGiven whether the user names other data anyway
     * @throws duello.catalog.Failure with one line for each fault and each thing that cannot be trained
     */
    public Fields recipe(Fields file, String title, boolean dataGiven) {
        Settings settings = new SettingsReader(schema, problems, notes).read(file);
        Rules.check(settings, schema, problems);
        if (settings.is(BACKBONE, "stylegan3")) {
            problems.add(
                    settings.value(BACKBONE).place(),
                    BACKBONE + ": stylegan3 is not built yet, so this cannot be trained");
        }
        problems.throwIfAny();
        Fields recipe = translated(new Asked(settings, notes), title, dataGiven);
        problems.throwIfAny();
        return recipe;
    }

    private Fields translated(Asked asked, String title, boolean dataGiven) {
        Objectives objectives = new Objectives(asked);
        Augmentation augmentation = new Augmentation(asked, problems);
        Training training = new Training(asked);
        Branch recipe = asked.branch("DATA.name")
                .with("title", new Scalar(asked.value("DATA.name").place(), title, false))
                .with("data", Images.translated(asked, dataGiven))
                .with("model", new Networks(asked).translated())
                .with("adversarial", objectives.adversarial())
                .with("logit", objectives.logit());
        List<Branch> methods = new ArrayList<>(objectives.classes());
        methods.addAll(Regularization.translated(asked, augmentation));
        methods.addAll(augmentation.main());
        List<Tree> items = methods.stream().<Tree>map(Branch::tree).toList();
        recipe.with("methods", new Items(asked.value("MODEL.d_cond_mtd").place(), items))
                .with("train", training.train())
                .with("run", training.run());
        asked.sayWhatIsLeft(schema);
        return recipe.tree();
    }
}
