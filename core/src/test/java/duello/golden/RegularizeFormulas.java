package duello.golden;

import duello.method.LatentStep.Critic;
import duello.method.Player;
import duello.method.Scored;
import duello.method.adversarial.Hinge;
import duello.method.latent.Langevin;
import duello.method.latent.Logan;
import duello.method.regularize.Dragan;
import duello.method.regularize.FeatureMatching;
import duello.method.regularize.GradientPenalty;
import duello.method.regularize.LatentConsistency;
import duello.method.regularize.LeCam;
import duello.method.regularize.MaxGradientPenalty;
import duello.method.regularize.R1;
import duello.method.regularize.TopK;
import duello.method.regularize.Views;
import duello.method.regularize.WeightClipping;
import duello.model.Latent;
import duello.torch.Devices;
import duello.torch.Draws;
import duello.torch.Ops;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Computes the cases of regularisers and of latent steps, by the published methods' own code. */
final class RegularizeFormulas {
    private final ObjectiveCase given;
    private final Map<String, Tensor> results = new LinkedHashMap<>();

    private RegularizeFormulas(ObjectiveCase given) {
        this.given = given;
    }

    /** Our results by expected entry; none if the case is another's. */
    static Map<String, Tensor> compute(ObjectiveCase given) {
        RegularizeFormulas f = new RegularizeFormulas(given);
        switch (given.name()) {
            case "gp_linear", "gp_quadratic" -> f.gradientPenalty();
            case "maxgp_linear", "maxgp_quadratic" -> f.maxGradientPenalty();
            case "dragan_linear", "dragan_quadratic" -> f.dragan();
            case "r1_linear", "r1_quadratic" -> f.r1();
            case "weight_clipping" -> f.weightClipping();
            case "lecam_sequence" -> f.leCam();
            case "consistency_mse" -> f.consistency();
            case "zcr_generator" -> f.latentConsistency();
            case "feature_matching" ->
                f.results.put("loss", FeatureMatching.distance(given.input("h_real"), given.input("h_fake")));
            case "latent_optimise" -> f.latentOptimisation();
            case "langevin_one_step" -> f.langevin();
            case "topk" -> f.topK();
            default -> {}
        }
        return f.results;
    }

    // ---- penalties of D(x) = sum a x^2 + b x

    private static Tensor score(Tensor x, Tensor quadratic, Tensor linear) {
        return Ops.square(x).flatten(1, -1).mv(quadratic).add(x.flatten(1, -1).mv(linear));
    }

    private void gradientPenalty() {
        Tensor quadratic = given.leaf("d_quadratic_coeff");
        Tensor linear = given.leaf("d_linear_coeff");
        Tensor x = between();
        Tensor penalty = GradientPenalty.penalty(score(x, quadratic, linear), x);
        results.put("weighted", Ops.mul(penalty, given.parameter("gp_lambda")));
        penalised(penalty, quadratic, linear);
    }

    private void maxGradientPenalty() {
        Tensor quadratic = given.leaf("d_quadratic_coeff");
        Tensor linear = given.leaf("d_linear_coeff");
        Tensor x = between();
        Tensor penalty = MaxGradientPenalty.penalty(score(x, quadratic, linear), x);
        results.put("weighted", Ops.mul(penalty, given.parameter("maxgp_lambda")));
        penalised(penalty, quadratic, linear);
    }

    private Tensor between() {
        return GradientPenalty.between(given.input("images_real"), given.input("images_fake"), share());
    }

    private Tensor share() {
        return given.input("alpha").view(-1, 1, 1, 1);
    }

    private void dragan() {
        Tensor quadratic = given.leaf("d_quadratic_coeff");
        Tensor linear = given.leaf("d_linear_coeff");
        Tensor real = given.input("images_real");
        Tensor x = Dragan.around(real, share(), given.input("uniform_noise"));
        Tensor penalty = GradientPenalty.penalty(score(x, quadratic, linear), x);
        results.put("std_of_real_unbiased", real.std());
        results.put("weighted", Ops.mul(penalty, given.parameter("dra_lambda")));
        penalised(penalty, quadratic, linear);
    }

    private void r1() {
        Tensor quadratic = given.leaf("d_quadratic_coeff");
        Tensor linear = given.leaf("d_linear_coeff");
        Tensor x = given.leaf("images_real");
        Tensor penalty = R1.penalty(score(x, quadratic, linear), x);
        R1 lazy = new R1(given.parameter("r1_lambda"), (long) given.parameter("d_reg_interval"), R1.Where.OWN);
        double factor = lazy.cadence(Player.DISCRIMINATOR).factor();
        results.put("non_stylegan_term", Ops.mul(penalty, lazy.weight()));
        results.put("stylegan_lazy_term", Ops.mul(penalty, lazy.weight() * factor));
        penalised(penalty, quadratic, linear);
    }

    private void penalised(Tensor penalty, Tensor quadratic, Tensor linear) {
        List<Tensor> gradients = Ops.grads(penalty, List.of(quadratic, linear), false);
        results.put("penalty", penalty);
        results.put("grad_quadratic_coeff", gradients.get(0));
        results.put("grad_linear_coeff", gradients.get(1));
    }

    // ---- others of the discriminator

    private void weightClipping() {
        Tensor weights = given.leaf("weights");
        WeightClipping.clip(List.of(weights), given.parameter("wc_bound"));
        results.put("after", weights);
    }

    private void leCam() {
        LeCam settings =
                new LeCam(1, (long) given.parameter("lecam_ema_start_iter"), given.parameter("lecam_ema_decay"));
        LeCam.Averages averages = new LeCam.Averages(Devices.CPU);
        Tensor reals = given.input("logits_real_per_step");
        Tensor fakes = given.input("logits_fake_per_step");
        for (int i = 0; i < reals.size(0); i++) {
            String prefix = "per_step." + i + ".";
            Tensor real = reals.select(0, i).requires_grad_(true);
            Tensor fake = fakes.select(0, i).requires_grad_(true);
            Optional<Tensor> penalty = settings.penalty(averages, real, fake, i);
            averages.state().forEach((name, t) -> results.put(prefix + "ema_" + name, Ops.cloneOf(t)));
            results.put(prefix + "step", number(i));
            results.put(prefix + "reg", penalty.orElse(number(0)));
            penalty.ifPresent(p -> {
                List<Tensor> gradients = Ops.grads(p, List.of(real, fake), false);
                results.put(prefix + "grad_real", gradients.get(0));
                results.put(prefix + "grad_fake", gradients.get(1));
            });
        }
    }

    private void consistency() {
        List<Tensor> one = List.of(given.input("adv_a"), given.input("class_a"));
        List<Tensor> other = List.of(given.input("adv_b"), given.input("class_b"));
        Tensor sum = Views.distance(one, other);
        results.put("adv_mse", Views.distance(one.subList(0, 1), other.subList(0, 1)));
        results.put("class_mse", Views.distance(one.subList(1, 2), other.subList(1, 2)));
        results.put("sum", sum);
        results.put("cr_term", Ops.mul(sum, given.parameter("cr_lambda")));
        results.put("zcr_d_term", Ops.mul(sum, given.parameter("d_lambda")));
    }

    private void latentConsistency() {
        Tensor apart = LatentConsistency.apart(given.input("images"), given.input("images_eps"));
        results.put("mse", apart);
        results.put("g_term", Ops.mul(apart, -given.parameter("g_lambda")));
    }

    // ---- of the generator and its latents

    private void topK() {
        TopK settings = new TopK(given.parameter("topk_gamma"), given.parameter("topk_nu"));
        Tensor scores = given.input("logits_fake");
        long k = ObjectiveCase.tensor(given.inputs().path("k"))
                .to(ScalarType.Long)
                .item_long();
        Tensor selected = scores.index_select(0, TopK.largest(scores, k));
        Scored scored = new Scored(selected, selected);
        results.put("selected", selected);
        results.put("g_hinge", new Hinge().generator(() -> scored, scored).mean());
        long batch = (long) given.parameter("batch_size");
        double[] after = LongStream.rangeClosed(1, 6)
                .mapToDouble(e -> settings.k(batch, e))
                .toArray();
        results.put("k_after_each_epoch", Ops.tensor(after, 6));
        results.put("int_k_after_each_epoch", Ops.tensor(after, 6).floor());
    }

    /** The case's players: {@code G(z) = A z} and {@code D(x) = c x + x' M x / 2}. */
    private Critic critic(Tensor linear) {
        Tensor generator = given.input("generator_matrix");
        Tensor quadratic = given.input("d_quadratic");
        return latent -> {
            Tensor x = latent.z().matmul(generator.t());
            Tensor curved = Ops.sum(x.matmul(quadratic).mul(x), false, 1);
            return x.mv(linear).add(Ops.mul(curved, 0.5));
        };
    }

    private Latent latent() {
        Tensor z = given.input("z");
        return new Latent(z, Ops.range(z.size(0), Devices.CPU));
    }

    private void latentOptimisation() {
        Logan settings = new Logan(
                given.parameter("lo_alpha"),
                given.parameter("lo_beta"),
                given.parameter("lo_rate"),
                given.parameter("lo_lambda"));
        Tensor linear = given.leaf("d_linear");
        Tensor mask = given.input("uniform_for_mask");
        Latent moved = settings.refine(critic(linear), latent(), uniform(mask));
        Tensor cost = moved.extra().get(settings.cost()).mean();
        Tensor stays = Ops.sum(moved.z().eq(given.input("z")), false, 1).eq(number(2));
        results.put("mask", stays.logical_not());
        results.put("z_new", moved.z());
        results.put("transport_cost", cost);
        results.put("weighted", Ops.mul(cost, settings.weight()));
        results.put("grad_cost_wrt_d_linear", Ops.grad(cost, linear, false));
    }

    private void langevin() {
        double rate = given.parameter("langevin_rate");
        Langevin settings = new Langevin(1, rate, given.parameter("langevin_noise_std"), 1, 1);
        Critic critic = critic(given.input("d_linear"));
        Tensor z = given.leaf("z");
        Tensor energy = Langevin.energy(z, critic.score(new Latent(z, latent().labels())));
        Langevin still = new Langevin(1, rate, 0, 1, 1);
        Tensor slid = still.refine(critic, latent(), normal(given.input("standard_normal")))
                .z();
        results.put("energy", energy);
        results.put("grad", Ops.mul(slid.sub(given.input("z")), -2 / rate));
        results.put(
                "z_new",
                settings.refine(critic, latent(), normal(given.input("standard_normal")))
                        .z());
    }

    private static Tensor number(double value) {
        return Ops.tensor(new double[] {value}, 1);
    }

    private static Draws uniform(Tensor values) {
        return new Given(values, true);
    }

    private static Draws normal(Tensor values) {
        return new Given(values, false);
    }

    /** Draws of one kind that are given. */
    private record Given(Tensor values, boolean flat) implements Draws {
        @Override
        public Tensor normal(long... shape) {
            if (flat) {
                throw new AssertionError("nothing normal is drawn here");
            }
            return values.view(shape);
        }

        @Override
        public Tensor uniform(long... shape) {
            if (!flat) {
                throw new AssertionError("nothing uniform is drawn here");
            }
            return values.view(shape);
        }

        @Override
        public Tensor ints(long high, long... shape) {
            throw new AssertionError("nothing whole is drawn here");
        }
    }
}
