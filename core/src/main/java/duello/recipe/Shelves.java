package duello.recipe;

import duello.analysis.Analyses;
import duello.catalog.Doc;
import duello.catalog.Entry;
import duello.catalog.Paper;
import duello.data.DataSource;
import duello.data.Datasets;
import duello.method.Adversarial;
import duello.method.Augment;
import duello.method.ClassObjective;
import duello.method.Method;
import duello.method.adapt.Adaptations;
import duello.method.adversarial.Adversarials;
import duello.method.augment.Augments;
import duello.method.condition.ClassObjectives;
import duello.method.condition.ConditioningMethods;
import duello.method.condition.LogitHeads;
import duello.method.latent.LatentSteps;
import duello.method.pretext.PretextTask;
import duello.method.pretext.PretextTasks;
import duello.method.pretext.Pretexts;
import duello.method.regularize.Regularizers;
import duello.model.Backbone;
import duello.model.Backbones;
import duello.model.LogitHead;
import duello.train.OptimizerSettings;
import duello.train.Optimizers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Everything that a recipe may name: all shelves, built-in and users' own. */
public final class Shelves {
    /**
     * What is known about an entry.
     *
     * @param name its {@code type:}
     * @param doc one sentence
     * @param paper where it comes from, or null
     * @param settings its settings, in order
     */
    public record Description(
            String name, String doc, @Nullable String paper, List<Setting> settings) {}

    private final List<Shelf<?>> list;

    /** @throws IllegalArgumentException if two shelves hold the same type */
    public Shelves(List<Shelf<?>> list) {
        if (list.stream().map(Shelf::holds).distinct().count() < list.size()) {
            throw new IllegalArgumentException("two shelves of one type among " + list);
        }
        this.list = List.copyOf(list);
    }

    /** The built-in shelves and, behind their entries, those of {@link Extension}s on the class path. */
    public static Shelves all() {
        Shelves shelves = builtIn();
        for (Extension extension : ServiceLoader.load(Extension.class)) {
            shelves = shelves.with(extension);
        }
        return shelves;
    }

    /** The shelves that Duello comes with. */
    public static Shelves builtIn() {
        return new Shelves(List.of(
                new Shelf<>(DataSource.class, "dataset", Datasets.ENTRIES),
                new Shelf<>(Backbone.class, "backbone", Backbones.ENTRIES),
                new Shelf<>(Adversarial.class, "adversarial loss", Adversarials.ENTRIES),
                new Shelf<>(LogitHead.class, "logit head", LogitHeads.ENTRIES),
                new Shelf<>(ClassObjective.class, "class objective", ClassObjectives.ENTRIES),
                new Shelf<>(Augment.class, "augmentation", Augments.ENTRIES),
                new Shelf<>(PretextTask.class, "pretext task", PretextTasks.ENTRIES),
                Shelf.joined(
                        Method.class,
                        "method",
                        ClassObjectives.ENTRIES,
                        ConditioningMethods.ENTRIES,
                        Regularizers.ENTRIES,
                        LatentSteps.ENTRIES,
                        Pretexts.ENTRIES,
                        Augments.ENTRIES,
                        Augments.ADAPTIVE,
                        Adaptations.ENTRIES,
                        Analyses.ENTRIES),
                new Shelf<>(OptimizerSettings.class, "optimizer", Optimizers.ENTRIES)));
    }

    /**
     * These and an extension's entries. An entry also joins the wider shelves: a class objective is a method too.
     *
     * @throws IllegalArgumentException if it adds to a shelf that is not there, or a name that is taken
     */
    public Shelves with(Extension extension) {
        List<Shelf<?>> extended = new ArrayList<>(list);
        for (Extension.Addition<?> addition : extension.additions()) {
            if (extended.stream().noneMatch(s -> s.holds() == addition.shelf())) {
                throw new IllegalArgumentException(extension.getClass().getName() + " adds '"
                        + addition.entry().name() + "' to a shelf of "
                        + addition.shelf().getName()
                        + ", which there is not");
            }
            extended.replaceAll(s -> s.holds().isAssignableFrom(addition.shelf()) ? added(s, addition) : s);
        }
        return new Shelves(extended);
    }

    private static <T> Shelf<T> added(Shelf<T> shelf, Extension.Addition<?> addition) {
        List<Entry<T>> entries = new ArrayList<>(shelf.entries());
        entries.add(new Entry<>(addition.entry().name(), addition.entry().type().asSubclass(shelf.holds())));
        return new Shelf<>(shelf.holds(), shelf.noun(), entries);
    }

    /** All shelves, in the order of a recipe. */
    public List<Shelf<?>> list() {
        return list;
    }

    /** The shelf whose entries are {@code type}s, if there is one. */
    public Optional<? extends Shelf<?>> holding(Class<?> type) {
        return list.stream().filter(s -> s.holds() == type).findFirst();
    }

    /** What users are told about an entry. */
    public static Description describe(Entry<?> entry) {
        Doc doc = entry.type().getAnnotation(Doc.class);
        Paper paper = entry.type().getAnnotation(Paper.class);
        return new Description(
                entry.name(),
                doc == null ? "" : doc.value(),
                paper == null ? null : paper.value(),
                Setting.of(entry.type()));
    }
}
