package duello.train;

import duello.method.AdversarialTerm;
import duello.method.Augment;
import duello.method.Hook;
import duello.method.Method;
import duello.method.Stateful;
import duello.method.Table;
import duello.method.Term;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** The methods of a run, built and sorted by role once. The adversarial term comes first, the rest in recipe order. */
record Roles(List<Method> all, List<Term> terms, List<Augment> augments, List<Hook> hooks) {
    static Roles of(Setup setup, Table table) {
        List<Method> all = new ArrayList<>();
        all.add(new AdversarialTerm(setup.adversarial()));
        setup.methods().forEach(m -> all.add(m.build(table)));
        return new Roles(List.copyOf(all), only(all, Term.class), only(all, Augment.class), only(all, Hook.class));
    }

    private static <T> List<T> only(List<Method> methods, Class<T> role) {
        return methods.stream().filter(role::isInstance).map(role::cast).toList();
    }

    /** The state of every method that has any; two of one kind are told apart by their places. */
    Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) instanceof Stateful s) {
                String prefix = i + "." + s.getClass().getSimpleName();
                s.state().forEach((name, t) -> state.put(prefix + "." + name, t));
            }
        }
        return state;
    }
}
