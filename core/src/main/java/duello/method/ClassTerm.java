package duello.method;

import duello.model.Head;
import java.util.List;

/** Plays a class objective plainly: the discriminator on real images, the generator on generated ones. */
record ClassTerm(double weight, ClassObjective.Bound objective) implements Term {
    @Override
    public void discriminator(Step s, Loss loss) {
        loss.add("class", weight, objective.loss(s.onReal(), s.labels()));
    }

    @Override
    public void generator(Step s, Loss loss) {
        loss.add("class", weight, objective.loss(s.onFake(), s.latent().labels()));
    }

    @Override
    public List<Head> heads() {
        return objective.heads();
    }
}
