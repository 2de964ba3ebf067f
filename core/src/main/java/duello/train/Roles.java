package duello.train;

import duello.catalog.Failure;
import duello.method.AdversarialTerm;
import duello.method.Augment;
import duello.method.Chain;
import duello.method.CodeStep;
import duello.method.Freeze;
import duello.method.Hook;
import duello.method.LatentStep;
import duello.method.LatentStep.Use;
import duello.method.Learner;
import duello.method.Loss;
import duello.method.Measured;
import duello.method.Method;
import duello.method.Player;
import duello.method.Prepare;
import duello.method.Referee;
import duello.method.Selection;
import duello.method.Stateful;
import duello.method.Step;
import duello.method.Table;
import duello.method.Term;
import duello.model.Head;
import duello.torch.Forward;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The methods of a run, built and sorted by role once. The adversarial term comes first, unless a method takes its place;
 * the rest in recipe order.
 *
 * @param chain what images and latents pass
 */
record Roles(List<Method> all, List<Term> terms, List<Hook> hooks, List<Freeze> freezes, Chain chain) {
    /** @throws Failure if a method selects among fakes for an adversarial loss that takes no part */
    static Roles of(Setup setup, Table table) {
        List<Method> methods = setup.methods().stream().map(m -> m.build(table)).toList();
        List<Selection> selections = only(methods, Selection.class);
        List<Method> all = new ArrayList<>();
        if (setup.methods().stream().noneMatch(Method::replacesAdversarial)) {
            all.add(new AdversarialTerm(setup.adversarial(), selections));
        } else if (!selections.isEmpty()) {
            throw new Failure(
                    "a method chooses which fakes count in the adversarial loss, and another takes the place of"
                            + " that loss; leave one out or set keep_adversarial: true");
        }
        all.addAll(methods);
        boolean together =
                setup.train().processes().syncBatchNorm() && setup.collective().size() > 1;
        return of(all, together ? setup.collective()::sum : Forward.Sum.LOCAL);
    }

    /** Sorts methods that are built. */
    static Roles of(List<Method> all, Forward.Sum sum) {
        return new Roles(
                List.copyOf(all),
                only(all, Term.class),
                only(all, Hook.class),
                only(all, Freeze.class),
                chain(all, sum));
    }

    private static Chain chain(List<Method> all, Forward.Sum sum) {
        List<LatentStep> latents = only(all, LatentStep.class).stream()
                .filter(l -> l.uses().contains(Use.TRAINING))
                .toList();
        List<Head> compared = all.stream()
                .flatMap(m -> m.heads().stream())
                .filter(Head::compared)
                .toList();
        return new Chain(
                new Chain.Way(latents, only(all, CodeStep.class)),
                only(all, Prepare.class),
                only(all, Augment.class),
                new Chain.Judges(compared, referee(all)),
                true,
                f -> f.with(sum));
    }

    private static @Nullable Referee referee(List<Method> all) {
        List<Referee> referees = only(all, Referee.class);
        if (referees.size() > 1) {
            throw new Failure(
                    "two methods choose the head that judges in a step; leave one of them out, or switch it off"
                            + " there");
        }
        return referees.isEmpty() ? null : referees.get(0);
    }

    private static <T> List<T> only(List<Method> methods, Class<T> role) {
        return methods.stream().filter(role::isInstance).map(role::cast).toList();
    }

    /** What terms add to the loss of the player whose step it is, each one's weights multiplied by a factor. */
    static Loss loss(Step s, List<Term> terms, ToDoubleFunction<Term> factor) {
        Loss loss = new Loss();
        boolean discriminator = s.player() == Player.DISCRIMINATOR;
        if (discriminator) {
            s.prepare(terms);
        }
        for (Term term : terms) {
            Loss own = new Loss();
            if (discriminator) {
                term.discriminator(s, own);
            } else {
                term.generator(s, own);
            }
            loss.include(own, factor.applyAsDouble(term));
        }
        return loss;
    }

    /** What methods have the generator's optimiser move, by the methods' places. */
    Map<String, Tensor> learning() {
        Map<String, Tensor> learning = new LinkedHashMap<>();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) instanceof Learner l) {
                String prefix = Learner.PREFIX + i;
                inOrder(l.parameters()).forEach((name, t) -> learning.put(prefix + "." + name, t));
            }
        }
        return learning;
    }

    /** The state of every method that has any; two of one kind are told apart by their places. */
    Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) instanceof Stateful s) {
                String prefix = i + "." + s.getClass().getSimpleName();
                inOrder(s.state()).forEach((name, t) -> state.put(prefix + "." + name, t));
            }
        }
        return state;
    }

    /** What methods measure beside the losses, as it is now. */
    Map<String, Tensor> measures() {
        Map<String, Tensor> measures = new LinkedHashMap<>();
        only(all, Measured.class).forEach(m -> measures.putAll(inOrder(m.measures())));
        return measures;
    }

    /** By name: methods may use {@code Map.of}, whose order is another at every start and would show in the files. */
    private static Map<String, Tensor> inOrder(Map<String, Tensor> tensors) {
        return new TreeMap<>(tensors);
    }
}
