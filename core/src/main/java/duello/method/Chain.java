package duello.method;

import duello.model.Code;
import duello.model.Head;
import duello.model.Latent;
import duello.torch.Forward;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What images and latents pass in every step of a run, each list in the recipe's order. A link draws from a stream of its
 * own, named after its place in the list.
 *
 * @param way what passes before there is an image
 * @param judges what is read of every view
 * @param adversarial whether the main views are made before any side pass
 * @param passes what every pass through a network is made with in place of what was asked for
 */
public record Chain(
        Way way,
        List<Prepare> prepares,
        List<Augment> augments,
        Judges judges,
        boolean adversarial,
        UnaryOperator<Forward> passes) {
    /** Nothing on the way. */
    public static final Chain PLAIN =
            new Chain(Way.PLAIN, List.of(), List.of(), Judges.PLAIN, true, UnaryOperator.identity());

    /** What latents pass before the generator maps them, and codes before it draws. */
    public record Way(List<LatentStep> latents, List<CodeStep> codes) {
        /** Nothing. */
        public static final Way PLAIN = new Way(List.of(), List.of());

        Latent refined(Step s, Latent drawn) {
            LatentStep.Critic critic = at -> s.table().score(at, s.side("latent"));
            Latent latent = drawn;
            for (int i = 0; i < latents.size(); i++) {
                latent = latents.get(i).refine(s, critic, latent, s.draws("latent." + i));
            }
            return latent;
        }

        /** @param prefix of the streams' names: empty for the main code */
        Code refined(Step s, Latent from, Code mapped, String prefix) {
            Code code = mapped;
            for (int i = 0; i < codes.size(); i++) {
                code = codes.get(i).refine(s, from, code, s.draws(prefix + "code." + i));
            }
            return code;
        }
    }

    /**
     * What is read of every view.
     *
     * @param compared the heads besides the logit that consistency regularisers compare
     * @param referee who may let another head than the table's give the logit; null for nobody
     */
    public record Judges(List<Head> compared, @Nullable Referee referee) {
        /** The table's logit head alone. */
        public static final Judges PLAIN = new Judges(List.of(), null);

        /** The head whose output the adversarial loss reads. */
        Head logit(Step s) {
            Head chosen = referee == null ? null : referee.logit(s);
            return chosen == null ? s.table().logit() : chosen;
        }
    }

    /** The same for an update in which one term is alone. */
    public Chain alone() {
        return new Chain(way, prepares, augments, judges, false, passes);
    }

    /** The same with other passes. */
    public Chain with(UnaryOperator<Forward> others) {
        return new Chain(way, prepares, augments, judges, adversarial, others);
    }

    Tensor prepared(Step s, Origin origin, Tensor images) {
        Tensor x = images;
        for (Prepare p : prepares) {
            x = p.prepare(s, origin, x);
        }
        return x;
    }

    /** @param stream what the streams' names begin with */
    Tensor augmented(Step s, Tensor images, String stream) {
        Tensor x = images;
        for (int i = 0; i < augments.size(); i++) {
            x = augments.get(i).apply(x, s.draws(stream + "." + i));
        }
        return x;
    }
}
