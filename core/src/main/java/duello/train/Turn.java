package duello.train;

import duello.method.Chain;
import duello.method.Loss;
import duello.method.Player;
import duello.method.Step;
import duello.method.StepImages;
import duello.method.StepInputs;
import duello.method.Table;
import duello.method.Term;
import duello.torch.Ops;
import duello.torch.Optimizer;
import duello.torch.Scope;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** One update of one player: the inner loop of every GAN algorithm. */
final class Turn {
    private static final String MAIN = "";

    private final Table table;
    private final Player player;
    private final Roles roles;
    private final TrainSettings settings;
    private final Belongings parameters;
    private final Optimizer optimizer;
    private final Inputs inputs;
    private final Gauges gauges;

    /** Where a turn's images and draws come from. */
    interface Inputs {
        /** The inputs of one micro batch. */
        StepInputs at(Place place);
    }

    /**
     * Where in a run a micro batch is.
     *
     * @param step the iteration
     * @param update the player's update in it
     * @param pass what the update is made of: empty for the main pass, else which term has it to itself
     */
    record Place(Player player, long step, int update, int micro, String pass) {}

    Turn(Table table, Player player, Roles roles, TrainSettings settings, Inputs inputs, Gauges gauges) {
        this.table = table;
        this.player = player;
        this.roles = roles;
        this.settings = settings;
        this.parameters = Belongings.of(player, table, roles);
        this.optimizer =
                (player == Player.GENERATOR ? settings.generator() : settings.discriminator()).over(parameters.own());
        this.inputs = inputs;
        this.gauges = gauges;
    }

    Optimizer optimizer() {
        return optimizer;
    }

    Belongings parameters() {
        return parameters;
    }

    /** Update {@code update} of iteration {@code step}. */
    void play(long step, int update) {
        parameters.claim(step);
        long number = step * settings.updates().of(player) + update;
        List<Term> due = roles.terms().stream()
                .filter(t -> t.cadence(player).due(number))
                .toList();
        List<Term> alone = due.stream().filter(t -> t.cadence(player).ownPass()).toList();
        List<Term> together =
                due.stream().filter(t -> !t.cadence(player).ownPass()).toList();
        try (Scope turn = Scope.open()) {
            Deque<StepImages> seen = new ArrayDeque<>();
            parameters.zeroGrad();
            for (int micro = 0; micro < settings.accumulate(); micro++) {
                Step s = at(new Place(player, step, update, micro, MAIN), roles.chain());
                StepImages images = accumulate(s, together, turn, !alone.isEmpty());
                seen.push(images);
            }
            descend();
            for (Term term : alone) {
                ownPass(term, step, update, seen, turn);
            }
            roles.hooks().forEach(h -> h.afterUpdate(player, step));
        }
    }

    /** An update by one term, on the images of the main pass, the last first. */
    private void ownPass(Term term, long step, int update, Deque<StepImages> seen, Scope turn) {
        String pass = "own." + roles.terms().indexOf(term) + ".";
        parameters.zeroGrad();
        int micro = 0;
        for (StepImages images : seen) {
            Step s = at(
                    new Place(player, step, update, micro++, pass),
                    roles.chain().alone());
            accumulate(s.on(images), List.of(term), turn, false);
        }
        descend();
    }

    private Step at(Place place, Chain chain) {
        StepInputs in = inputs.at(place);
        return new Step(table, player, place.step, settings.batch(), new StepInputs(in.real(), chain, in.draws()));
    }

    private void descend() {
        table.collective().average(parameters.gradients());
        optimizer.step();
    }

    private StepImages accumulate(Step s, List<Term> terms, Scope turn, boolean keep) {
        try (Scope scope = Scope.open()) {
            Loss loss = settings.precision().forward(table.device(), () -> lossOf(s, terms));
            roles.hooks().forEach(h -> h.beforeBackward(s, loss));
            Ops.backward(Ops.mul(loss.total(), 1.0 / settings.accumulate()));
            watch(loss);
            roles.hooks().forEach(h -> h.afterBackward(s, loss));
            return keep ? s.images().attachedTo(turn) : StepImages.NONE;
        }
    }

    private Loss lossOf(Step s, List<Term> terms) {
        return Roles.loss(s, terms, t -> t.cadence(player).factor());
    }

    private void watch(Loss loss) {
        String prefix = player.key() + ".";
        loss.values().forEach((part, value) -> gauges.set(prefix + part, value));
    }
}
