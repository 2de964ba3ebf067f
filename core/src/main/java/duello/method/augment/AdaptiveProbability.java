package duello.method.augment;

import duello.dist.Collective;
import duello.method.Judged;
import duello.method.Origin;
import duello.method.Player;
import duello.method.Stateful;
import duello.method.Step;
import duello.torch.Ops;
import duello.torch.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The probability of ADA (equation 1, the heuristic r_t) and APA, which follows how sure the discriminator is of the
 * reals: {@code r = E[sign(score(real))]}; every few iterations p moves by the number of reals seen since, divided by
 * {@code 1000 kimg}, up where r exceeds the target, else down, and stays in [0, 1].
 *
 * <p>All of it lives on the device and is changed in place; nothing here waits for it. It counts every pass over
 * augmented reals, those of lazy penalties too, over all processes.
 */
public final class AdaptiveProbability {
    /** Its name in checkpoints of PyTorch-StudioGAN, newer ones first. */
    private static final List<String> REMEMBERED = List.of("aa_p", "ada_p");

    /**
     * @param initial p at the start, in [0, 1]
     * @param target of r, in [-1, 1]
     * @param kimg thousands of reals that take p from 0 to 1
     * @param interval iterations between two moves of p
     */
    public record Settings(double initial, double target, long kimg, long interval) {}

    private final Settings settings;
    private final Collective collective;
    private final Tensor probability;
    private final Tensor signs;
    private final Tensor count;

    /** A probability at its start. */
    public AdaptiveProbability(Settings settings, Device device, Collective collective) {
        this.settings = settings;
        this.collective = collective;
        this.probability = Scope.kept(() -> Ops.add(Ops.zeros(device), settings.initial));
        this.signs = Scope.kept(() -> Ops.zeros(device));
        this.count = Scope.kept(() -> Ops.zeros(device));
    }

    /** p, a scalar; changed in place. */
    public Tensor value() {
        return probability;
    }

    /** Everything that changes, by name. */
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put("p", probability);
        state.put("signs", signs);
        state.put("count", count);
        return state;
    }

    /**
     * Takes p over from a checkpoint of PyTorch-StudioGAN, kept in [0, 1]; see {@link Stateful#takeOver}. The sums since
     * its last move are not in such files and begin anew.
     */
    public Set<String> takeOver(Map<String, Double> remembered) {
        for (String name : REMEMBERED) {
            Double p = remembered.get(name);
            if (p != null && Double.isFinite(p)) {
                probability.fill_(Ops.scalar(Math.min(1, Math.max(0, p))));
                return Set.of(name);
            }
        }
        return Set.of();
    }

    /** Counts what the discriminator said of augmented reals in its own step. */
    void count(Step s) {
        if (s.player() == Player.DISCRIMINATOR) {
            s.judged().stream()
                    .filter(j -> j.origin() == Origin.REAL && j.augmented())
                    .map(Judged::score)
                    .forEach(this::count);
        }
    }

    /** Counts scores of reals, {@code [B]}. */
    public void count(Tensor scores) {
        Scope.withoutGrad(() -> {
            signs.add_(scores.detach().sign().to(ScalarType.Float).sum());
            count.add_(Ops.scalar(scores.size(0)));
        });
    }

    /** Moves p after the discriminator's update where the interval is over. */
    public void afterUpdate(Player player, long step) {
        if (player == Player.DISCRIMINATOR && step % settings.interval == 0) {
            Scope.withoutGrad(() -> {
                collective.average(List.of(signs, count));
                probability.add_(adjustment()).clamp_min_(Ops.scalar(0)).clamp_max_(Ops.scalar(1));
                signs.zero_();
                count.zero_();
            });
        }
    }

    /** r of what was counted since the last move, in [-1, 1]; 0 if nothing was. */
    public Tensor heuristic() {
        return signs.div(count.clamp_min(Ops.scalar(1)));
    }

    /** What the next move adds to p, before p is kept in [0, 1]; with several processes, once their sums are averaged. */
    public Tensor adjustment() {
        double share = collective.size() / (1000.0 * settings.kimg);
        return Ops.add(heuristic(), -settings.target).sign().mul(Ops.mul(count, share));
    }
}
