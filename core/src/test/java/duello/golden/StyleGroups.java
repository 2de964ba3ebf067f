package duello.golden;

import duello.method.regularize.PathLength;
import duello.model.Code;
import duello.model.Generator;
import duello.model.Latent;
import duello.torch.Devices;
import duello.torch.Forward;
import duello.torch.Forward.Noise;
import duello.torch.Ops;
import duello.torch.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Computes the entries that only fixtures of style networks have. */
final class StyleGroups {
    private static final Forward STORED = Forward.EVALUATION;

    private final Fixture fixture;
    private final Map<String, double[]> results = new LinkedHashMap<>();

    private StyleGroups(Fixture fixture) {
        this.fixture = fixture;
    }

    /** Our results by entry without the group's name; none if the group has nothing of its own. */
    static Map<String, double[]> compute(Fixture fixture, String group) {
        StyleGroups g = new StyleGroups(fixture);
        switch (group) {
            case "G.eval" -> g.images();
            case "G.train" -> g.average();
            case "G.pl" -> g.pathLength();
            case "D.eval" -> g.embedded("x");
            case "D.eval_fake" -> g.embedded("x_fake");
            default -> {}
        }
        return g.results;
    }

    private void put(String entry, Tensor value) {
        results.put(entry, Ops.toDoubles(value));
    }

    private Generator generator() {
        return new FixtureNetworks(fixture).generator("G");
    }

    private Latent latent(String z) {
        return new Latent(fixture.input(z), fixture.input("y"));
    }

    private void images() {
        Generator g = generator();
        Tensor center = Objects.requireNonNull(g.center());
        Code code = g.map(latent("z"), STORED);
        Code near = code.truncated(center, 0.7, 8);
        Tensor other = g.map(latent("z2"), STORED).w();
        Code mixed = new Code(Ops.cat(1, Ops.slice(code.w(), 1, 0, 3), Ops.slice(other, 1, 3, 8)), code.labels());
        put("ws", code.w());
        put("ws_psi0.7", near.w());
        put("out_const", g.draw(code, STORED));
        put("out_const_nonfused", g.draw(code, STORED));
        put("out_none", g.draw(code, STORED.withNoise(Noise.NONE)));
        put("out_psi0.7", g.draw(near, STORED));
        put("out_psi0.7_cutoff3", g.draw(code.truncated(center, 0.7, 3), STORED));
        put("out_mix_cutoff3", g.draw(mixed, STORED));
    }

    private void average() {
        Generator g = generator();
        g.map(latent("z"), Forward.OPPOSING);
        put("w_avg_after", Objects.requireNonNull(g.center()));
    }

    private void pathLength() {
        Generator g = generator();
        Tensor noise = fixture.input("pl_noise");
        long count = noise.size(0);
        Latent half = new Latent(Ops.rows(fixture.input("z"), 0, count), Ops.rows(fixture.input("y"), 0, count));
        Code code = g.map(half, Forward.TRACELESS);
        Tensor lengths = PathLength.lengths(g.draw(code, Forward.TRACELESS), code.w(), noise);
        PathLength settings = new PathLength(2, 4, 0.01, 2);
        Tensor average = Scope.keep(Ops.zeros(Devices.CPU));
        Tensor penalty = Ops.mul(settings.penalty(lengths, average), settings.weight());
        put("lengths", lengths);
        put("penalty", penalty);
        put("pl_mean_after", average);
        Map<String, Tensor> parameters = g.module().parameters();
        List<Tensor> gradients = Ops.grads(penalty, new ArrayList<>(parameters.values()), false);
        int i = 0;
        for (String name : parameters.keySet()) {
            Tensor gradient = gradients.get(i++);
            // A bias does not change how an image moves.
            put("grad_norm/" + name, gradient.defined() ? gradient.norm() : Ops.tensor(new float[1]));
        }
    }

    /** What the style projection compares with the mapped label. */
    private void embedded(String images) {
        FixtureNetworks.Players players = new FixtureNetworks(fixture).against(generator());
        Map<String, Tensor> weights = players.table().discriminator().module().state();
        Tensor h = players.table()
                .discriminator()
                .trunk(fixture.input(images), STORED)
                .pooled();
        Tensor weight = Ops.mul(weights.get("linear1.weight"), 1 / Math.sqrt(h.size(1)));
        put("embed", torch.linear(h, weight, Ops.maybe(weights.get("linear1.bias"))));
    }
}
