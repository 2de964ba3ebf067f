package duello.golden;

import duello.golden.FixtureNetworks.Players;
import duello.io.NdArray;
import duello.method.Batch;
import duello.method.Chain;
import duello.method.Judged;
import duello.method.Loss;
import duello.method.Player;
import duello.method.Step;
import duello.method.StepInputs;
import duello.method.Term;
import duello.method.regularize.R1;
import duello.model.Code;
import duello.model.Features;
import duello.model.Generator;
import duello.model.Latent;
import duello.model.LatentSpace;
import duello.model.Prior;
import duello.model.Weights;
import duello.torch.Forward;
import duello.torch.Module;
import duello.torch.Ops;
import duello.torch.Optimizer;
import duello.train.AdamSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import tools.jackson.databind.JsonNode;

/** Computes what a fixture stores, one group of entries at a time, each from the stored weights. */
final class FixtureGroups {
    private final Fixture fixture;
    private final FixtureNetworks networks;
    private final Map<String, double[]> results = new LinkedHashMap<>();

    private FixtureGroups(Fixture fixture) {
        this.fixture = fixture;
        this.networks = new FixtureNetworks(fixture);
    }

    /** Our results by entry, of a group such as {@code D.train}; none if the group is not known. */
    static Map<String, double[]> compute(Fixture fixture, String group) {
        FixtureGroups g = new FixtureGroups(fixture);
        if (fixture.family().equals("stylegan2")) {
            g.results.putAll(StyleGroups.compute(fixture, group));
        }
        switch (group) {
            case "G.eval" -> g.images("G", Forward.EVALUATION);
            case "G.evalpi" -> g.images("G", Forward.ITERATING_EVALUATION);
            case "G.evalbs" -> g.images("G", Forward.BATCH_STATISTICS);
            case "G_ema.eval" -> g.images("G_ema", Forward.EVALUATION);
            case "G_ema.evalpi" -> g.images("G_ema", Forward.ITERATING_EVALUATION);
            case "D.eval" -> g.judged("x", "y_x", Forward.EVALUATION);
            case "D.evalpi" -> g.judged("x", "y_x", Forward.ITERATING_EVALUATION);
            case "D.eval_fake" -> g.judged("x_fake", "y", Forward.EVALUATION);
            case "D.r1" -> g.gradientPenalty();
            case "D.train" -> g.discriminatorTrains();
            case "D.step" -> g.discriminatorSteps();
            case "G.train" -> g.generatorTrains();
            case "G.step" -> g.generatorSteps();
            default -> {}
        }
        Map<String, double[]> named = new LinkedHashMap<>();
        g.results.forEach((entry, values) -> named.put(group + "/" + entry, values));
        return named;
    }

    private void put(String entry, Tensor value) {
        results.put(entry, Ops.toDoubles(value));
    }

    private void images(String network, Forward f) {
        Generator g = networks.generator(network);
        put("out", g.images(new Latent(fixture.input("z"), fixture.input("y")), f));
    }

    private void judged(String images, String labels, Forward f) {
        Players players = networks.against(fixed());
        Tensor y = fixture.input(labels);
        Features features = players.table().discriminator().trunk(fixture.input(images), f);
        put("h", features.pooled());
        put("label", y);
        put("adv_output", players.table().logit().read(features, y, f));
        players.outputs().forEach((name, head) -> put(name, head.read(features, y, f)));
    }

    private void gradientPenalty() {
        Players players = networks.against(fixed());
        Tensor x = fixture.input("x").requires_grad_(true);
        Forward f = Forward.EVALUATION;
        Features features = players.table().discriminator().trunk(x, f);
        Tensor score = players.table().logit().read(features, fixture.input("y_x"), f);
        put("dx", Ops.grad(score, x, true));
        Tensor value = R1.penalty(score, x);
        put("value", value);
        Map<String, Tensor> parameters =
                players.table().discriminator().module().parameters();
        List<Tensor> gradients = Ops.grads(value, new ArrayList<>(parameters.values()), false);
        int i = 0;
        for (String name : parameters.keySet()) {
            Tensor gradient = gradients.get(i++);
            // A parameter that the penalty does not depend on has an undefined gradient, which stands for 0.
            put("grad_norm/" + name, gradient.defined() ? gradient.norm() : Ops.tensor(new float[1]));
        }
    }

    // ---- training

    private Players discriminatorTrains() {
        Players players = networks.against(fixed());
        Step step = step(players, Player.DISCRIMINATOR);
        Loss loss = new Loss();
        players.adversarial().discriminator(step, loss);
        players.classes().ifPresent(m -> ((Term) m).discriminator(step, loss));
        view("real/", step.onReal(), players);
        view("fake/", step.onFake(), players);
        trained(loss, "cond_real", players.table().discriminator().module());
        return players;
    }

    private Players generatorTrains() {
        Players players = networks.against(networks.generator("G"));
        players.table().discriminator().module().requiresGrad(false);
        Step step = step(players, Player.GENERATOR);
        Loss loss = new Loss();
        players.adversarial().generator(step, loss);
        players.classes().ifPresent(m -> ((Term) m).generator(step, loss));
        put("out", step.fake());
        put("adv_output", step.onFake().logit());
        trained(loss, "cond_fake", players.table().generator().module());
        return players;
    }

    private void view(String prefix, Judged judged, Players players) {
        put(prefix + "adv_output", judged.logit());
        players.outputs().forEach((name, head) -> put(prefix + name, judged.read(head)));
    }

    private void trained(Loss loss, String classPart, Module module) {
        Map<String, Tensor> parts = loss.values();
        put("loss/adv", parts.get("adversarial"));
        if (parts.containsKey("class")) {
            put("loss/" + classPart, parts.get("class"));
        }
        Tensor total = loss.total();
        put("loss/total", total);
        Ops.backward(total);
        module.parameters().forEach((name, p) -> {
            if (p.grad().defined()) {
                put("grad_norm/" + name, p.grad().norm());
                put("grad/" + name, p.grad());
            }
        });
        module.buffers().forEach((name, b) -> put("buffer_after/" + name, b));
    }

    private void discriminatorSteps() {
        stepped("D", discriminatorTrains().table().discriminator().module());
    }

    private void generatorSteps() {
        stepped("G", generatorTrains().table().generator().module());
    }

    private void stepped(String network, Module module) {
        results.clear();
        Optimizer adam = adam(network.equals("D") ? "d" : "g").over(module.parameters());
        adam.load(adamState(network, module));
        adam.step();
        module.parameters().forEach((name, p) -> put("param_after/" + name, p));
    }

    private AdamSettings adam(String player) {
        if (fixture.family().equals("stylegan2")) {
            long interval =
                    fixture.resolved("STYLEGAN", player + "_reg_interval").asLong();
            JsonNode asked = fixture.config().path("yaml_overrides").path("OPTIMIZATION");
            double rate = asked.path(player + "_lr").asDouble();
            return new AdamSettings(
                    rate, asked.path("beta1").asDouble(), asked.path("beta2").asDouble(), 1e-8, 0, interval);
        }
        return new AdamSettings(
                optimization(player + "_lr"),
                optimization("beta1"),
                optimization("beta2"),
                fixture.config().path("resolved").path("adam_eps").asDouble(),
                optimization(player + "_weight_decay"));
    }

    private double optimization(String key) {
        return fixture.resolved("OPTIMIZATION", key).asDouble();
    }

    /** The moments of the training script's file, whose parameters are numbered in the state dict's order. */
    private Map<String, Tensor> adamState(String network, Module module) {
        Map<?, ?> optimizer = (Map<?, ?>) fixture.checkpoint(network).get("optimizer");
        Map<Long, Map<?, ?>> moments = new LinkedHashMap<>();
        ((Map<?, ?>) optimizer.get("state"))
                .forEach((index, entry) -> moments.put(((Number) index).longValue(), (Map<?, ?>) entry));
        Map<String, Tensor> state = new LinkedHashMap<>();
        long index = 0;
        for (String name : module.parameters().keySet()) {
            Map<?, ?> entry = moments.get(index++);
            state.put(name + ".exp_avg", Weights.tensor((NdArray) entry.get("exp_avg")));
            state.put(name + ".exp_avg_sq", Weights.tensor((NdArray) entry.get("exp_avg_sq")));
            state.put(name + ".step", Ops.tensor(new long[] {count(entry.get("step"))}, 1));
        }
        return state;
    }

    /** A whole number, as older versions wrote it, or an array of one float, as newer ones do. */
    private static long count(Object step) {
        return step instanceof NdArray array ? (long) array.toDoubles()[0] : ((Number) step).longValue();
    }

    // ---- injected inputs

    private Step step(Players players, Player player) {
        StepInputs inputs = new StepInputs(
                () -> new Batch(fixture.input("x"), fixture.input("y_x"), fixture.input("y_x")),
                Chain.PLAIN.with(f -> f.withNoise(Forward.Noise.STORED)),
                stream -> new FixedDraws(fixture.input("z"), null, fixture.input("y")));
        return new Step(players.table(), player, 0, fixture.input("z").size(0), inputs);
    }

    /** A generator whose images are the stored fakes: the discriminator's groups start from those. */
    private Generator fixed() {
        return new Generator() {
            private final Module module = new Module();

            @Override
            public LatentSpace space() {
                return new LatentSpace((int) fixture.input("z").size(1), Prior.GAUSSIAN, null);
            }

            @Override
            public Tensor draw(Code code, Forward f) {
                return fixture.input("x_fake");
            }

            @Override
            public Module module() {
                return module;
            }
        };
    }
}
