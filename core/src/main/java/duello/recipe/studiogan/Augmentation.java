package duello.recipe.studiogan;

import duello.recipe.yaml.Problems;
import java.util.ArrayList;
import java.util.List;

/** The recipe's augmentations: of all that the discriminator sees, and inside consistency terms. */
final class Augmentation {
    private static final String ADA = "AUG.apply_ada";
    private static final String DIFFERENTIABLE = "AUG.apply_diffaug";

    private final Asked asked;
    private final Problems problems;

    Augmentation(Asked asked, Problems problems) {
        this.asked = asked;
        this.problems = problems;
    }

    /** Those of the main path. */
    List<Branch> main() {
        List<Branch> methods = new ArrayList<>();
        boolean ada = asked.on(ADA);
        if (asked.on(DIFFERENTIABLE)) {
            Branch fixed = named("AUG.diffaug_type");
            if (ada) {
                asked.note(
                        DIFFERENTIABLE, DIFFERENTIABLE + ": ADA takes its place, as in the reference; it is left out");
            } else {
                methods.add(fixed);
            }
        }
        if (ada) {
            methods.add(adaptive());
        }
        if (asked.on("AUG.apply_apa")) {
            methods.add(pseudo());
        }
        return methods;
    }

    private Branch adaptive() {
        Value set = asked.value("AUG.ada_aug_type");
        Value initial = asked.value("AUG.ada_initial_augment_p");
        Value target = asked.value("AUG.ada_target");
        Value kimg = asked.value("AUG.ada_kimg");
        Value interval = asked.value("AUG.ada_interval");
        if (!target.present()) {
            return asked.entry("ada_transforms", ADA).with("set", set).with("probability", initial);
        }
        return asked.entry("ada", ADA)
                .with("set", set)
                .with("initial", initial)
                .with("target", target)
                .with("kimg", kimg)
                .with("interval", interval);
    }

    private Branch pseudo() {
        Value target = asked.value("AUG.apa_target");
        if (!target.present()) {
            problems.add(
                    target.place(),
                    "AUG.apa_target: null, a probability that never moves, is not built for APA; give a number");
        }
        return asked.entry("apa", "AUG.apply_apa")
                .with("initial", asked.value("AUG.apa_initial_augment_p"))
                .with("target", target)
                .with("kimg", asked.value("AUG.apa_kimg"))
                .with("interval", asked.value("AUG.apa_interval"));
    }

    /** What {@code key} names. */
    Branch named(String key) {
        String name = asked.text(key);
        if (name.equals("cr") || name.equals("bcr")) {
            return asked.entry("flip_shift", key);
        }
        if (name.equals("diffaug")) {
            return asked.entry("diffaugment", key);
        }
        asked.note(key, key + ": " + name + " fails in the reference; here it does what it is meant to do");
        if (name.equals("byol") || name.startsWith("simclr_")) {
            return asked.entry("simclr", key).with("variant", name.replaceFirst("^simclr_", ""));
        }
        return asked.entry("ada_transforms", key).with("set", name).with("probability", "1");
    }
}
