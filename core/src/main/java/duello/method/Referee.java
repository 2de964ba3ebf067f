package duello.method;

import duello.model.Head;
import org.jspecify.annotations.Nullable;

/** Lets another head than the recipe's logit head judge in some steps. A recipe has one referee at most. */
public interface Referee extends Method {
    /** The head whose output the adversarial loss reads in this step, in its main views and in further ones; null for the recipe's. */
    @Nullable
    Head logit(Step s);
}
