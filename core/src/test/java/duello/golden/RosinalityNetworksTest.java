package duello.golden;

import static org.assertj.core.api.Assertions.assertThat;

import duello.io.Golden;
import duello.io.NdArray;
import duello.method.PerSample;
import duello.method.Scored;
import duello.method.adversarial.Vanilla;
import duello.method.condition.PlainLogit;
import duello.method.regularize.PathLength;
import duello.method.regularize.R1;
import duello.model.Code;
import duello.model.Discriminator;
import duello.model.Features;
import duello.model.Generator;
import duello.model.Head;
import duello.model.ImageDomain;
import duello.model.Latent;
import duello.model.Maps;
import duello.model.StyleGan2;
import duello.model.StyleGan2.Architecture;
import duello.model.StyleGan2.MappingSettings;
import duello.model.StyleGan2.StyleTrunkSettings;
import duello.model.StyleGan2.SynthesisSettings;
import duello.model.Weights;
import duello.torch.Devices;
import duello.torch.Forward;
import duello.torch.Forward.Noise;
import duello.torch.Module;
import duello.torch.Ops;
import duello.torch.Scope;
import duello.train.RosinalityCheckpoint;
import duello.train.RosinalityNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Our StyleGAN2 with weights of rosinality's layout computes what its program and the few-shot programs do: images, logits,
 * maps, gradients of losses and of both penalties. Every stored entry is compared.
 */
class RosinalityNetworksTest {
    private static final String FAMILY = "rosinality StyleGAN2";
    private static final Forward STORED = Forward.EVALUATION;
    private static final int GROUP = 4;

    /** The minibatch deviation's group in A-Closer-Look-at-FSIG. */
    private static final int LARGE_GROUP = 25;

    private static final int INJECT = 3;

    /** Whether a fixture is compared here. */
    static boolean rosinality(Fixture fixture) {
        return fixture.family().equals(FAMILY);
    }

    @TestFactory
    Stream<DynamicTest> everyGroup() {
        Fixture fixture = Fixture.below(Golden.folder()).stream()
                .filter(RosinalityNetworksTest::rosinality)
                .findFirst()
                .orElseThrow();
        Map<String, NdArray> io = fixture.io();
        return io.keySet().stream()
                .map(entry -> entry.substring(0, entry.indexOf('/')))
                .filter(group -> !group.equals("in"))
                .distinct()
                .map(group -> DynamicTest.dynamicTest(group, () -> sameNumbers(fixture, io, group)));
    }

    private static void sameNumbers(Fixture fixture, Map<String, NdArray> io, String group) {
        Map<String, NdArray> theirs = new LinkedHashMap<>(io);
        theirs.keySet().removeIf(name -> !name.startsWith(group + "/"));
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> ours = new Published(fixture, io).compute(group);
            assertThat(ours.keySet()).containsExactlyInAnyOrderElementsOf(theirs.keySet());
            Allowances allowances = Allowances.of(Golden.folder());
            Map<String, String> faults = new LinkedHashMap<>();
            theirs.forEach((name, expected) -> {
                double used = allowances.used(name, Ops.toDoubles(ours.get(name)), expected.toDoubles());
                if (!(used <= 1)) {
                    faults.put(name, used + " times what is allowed");
                }
            });
            assertThat(faults).as("entries that differ").isEmpty();
        }
    }

    /** One computation from the published weights. */
    private static final class Published {
        private final Fixture fixture;
        private final Map<String, NdArray> io;
        private final RosinalityCheckpoint weights;
        private final Map<String, Tensor> ours = new LinkedHashMap<>();

        Published(Fixture fixture, Map<String, NdArray> io) {
            this.fixture = fixture;
            this.io = io;
            this.weights = RosinalityCheckpoint.read(fixture.folder().resolve("converted-legacy-serialization.pt"));
        }

        Map<String, Tensor> compute(String group) {
            switch (group) {
                case "g" -> images();
                case "g_ema" -> put("out_buffer_noise", draw(generator(weights.average()), "z"));
                case "d" -> logits();
                case "fsig_d" -> mapsOfDiscriminator();
                case "fsig_g" -> mapsOfGenerator();
                case "d.r1" -> gradientPenalty();
                case "d.train" -> discriminatorLoss();
                case "g.train" -> generatorLoss();
                case "g.pl" -> pathLength();
                default -> throw new AssertionError("a group that is not understood: " + group);
            }
            Map<String, Tensor> named = new LinkedHashMap<>();
            ours.forEach((name, value) -> named.put(group + "/" + name, value));
            return named;
        }

        private void put(String name, Tensor value) {
            ours.put(name, value);
        }

        private Tensor in(String name) {
            return Weights.tensor(Objects.requireNonNull(io.get("in/" + name), name));
        }

        private int number(String key) {
            return fixture.config().path(key).asInt();
        }

        private StyleGan2 networks(int group) {
            int max = fixture.config().path("channels").path("4").asInt();
            int size = number("size");
            int base = size
                    * fixture.config()
                            .path("channels")
                            .path(String.valueOf(size))
                            .asInt();
            int width = number("style_dim");
            return new StyleGan2(
                    new SynthesisSettings(base, max, Architecture.SKIP),
                    new StyleTrunkSettings(base, max, Architecture.RESNET, group),
                    new MappingSettings(
                            width,
                            number("n_mlp"),
                            fixture.config().path("lr_mlp").asDouble()),
                    width,
                    false,
                    null);
        }

        private ImageDomain domain() {
            return new ImageDomain(number("size"), 1);
        }

        private Generator generator(Map<String, NdArray> state) {
            Generator g = networks(GROUP).generator(domain(), 1, Devices.CPU);
            Weights.load(Objects.requireNonNull(state), g.module(), "g");
            g.module().requiresGrad(true);
            return g;
        }

        /** The trunk and its logit. */
        private record Judge(Discriminator trunk, Head logit) {
            Features features(Tensor images, Forward f) {
                return trunk.trunk(images, f);
            }

            Tensor score(Tensor images) {
                return logit.read(features(images, STORED), labels(images.size(0)), STORED);
            }

            Scored scored(Tensor images) {
                return new Scored(score(images), labels(images.size(0)));
            }
        }

        private Judge judge(int group) {
            Discriminator d = networks(group).discriminator(domain(), 2, Devices.CPU);
            Head logit = new PlainLogit().build(d.site(), 1);
            Weights.load(Objects.requireNonNull(weights.discriminator()), d.module(), "d");
            d.module().requiresGrad(true);
            return new Judge(d, logit);
        }

        private static Tensor labels(long count) {
            return Ops.tensor(new long[(int) count], count);
        }

        private Code code(Generator g, String z) {
            Tensor latents = in(z);
            return g.map(new Latent(latents, labels(latents.size(0))), STORED);
        }

        private Tensor draw(Generator g, String z) {
            return g.draw(code(g, z), STORED);
        }

        private void images() {
            Generator g = generator(weights.generator());
            Code code = code(g, "z");
            long layers = code.w().size(1);
            put("w", code.w().select(1, 0));
            put("latent", code.w());
            put("out_buffer_noise", g.draw(code, STORED));
            put("out_given_noise", g.draw(code, STORED.withNoise(given())));
            put("out_zero_noise", g.draw(code, STORED.withNoise(Noise.NONE)));
            put("out_trunc0.7", g.draw(code.truncated(in("truncation_latent"), 0.7, layers), STORED));
            Tensor other = code(g, "z2").w();
            Tensor mixed = Ops.cat(1, Ops.slice(code.w(), 1, 0, INJECT), Ops.slice(other, 1, INJECT, layers));
            put("out_mix_inject" + INJECT, g.draw(new Code(mixed, code.labels()), STORED));
            put("out_wplus", g.draw(new Code(in("wplus"), code.labels()), STORED));
        }

        /** The stored maps of each layer, one after the other. */
        private Noise given() {
            int[] next = {0};
            return (stored, batch) -> in("noise_" + next[0]++);
        }

        private void logits() {
            Judge d = judge(GROUP);
            Tensor x = in("x");
            logit("out", d.score(x));
            logit("out_fake", d.score(in("x_fake")));
            logit("out_first4", d.score(Ops.rows(x, 0, 4)));
            logit("out_first2", d.score(Ops.rows(x, 0, 2)));
        }

        private void logit(String name, Tensor score) {
            put(name, score.view(-1, 1));
        }

        private void mapsOfDiscriminator() {
            Judge d = judge(LARGE_GROUP);
            Maps maps = new Maps(Forward.Tap.NONE);
            d.features(in("x"), STORED.with(maps));
            logit("out", d.score(in("x")));
            List<Tensor> listed = new ArrayList<>();
            maps.seen().forEach((layer, map) -> {
                if (layer.matches("b\\d+\\.conv1")) {
                    // Ours has taken the root of 1/2 along that theirs gives to the sum with the shortcut.
                    listed.add(Ops.mul(map, Math.sqrt(2)));
                } else if (layer.contains(".")) {
                    listed.add(map);
                }
            });
            described(listed);
        }

        private void mapsOfGenerator() {
            Generator g = generator(weights.generator());
            Maps maps = new Maps(Forward.Tap.NONE);
            g.draw(code(g, "z"), STORED.with(maps));
            described(List.copyOf(maps.seen().values()));
        }

        private void described(List<Tensor> maps) {
            for (int i = 0; i < maps.size(); i++) {
                put("feat_" + i + "_mean", maps.get(i).mean());
                put("feat_" + i + "_absmean", maps.get(i).abs().mean());
            }
        }

        private void gradientPenalty() {
            Judge d = judge(GROUP);
            Tensor x = in("x").requires_grad_(true);
            Tensor score = d.score(x);
            put("dx", Ops.grad(score, x, true));
            Tensor value = Ops.mul(R1.penalty(score, x), 2);
            put("value", value);
            norms(value, d.trunk.module(), RosinalityNames.ofDiscriminator(number("size")));
        }

        private void norms(Tensor loss, Module module, Map<String, String> names) {
            Map<String, Tensor> parameters = module.parameters();
            List<Tensor> gradients = Ops.grads(loss, new ArrayList<>(parameters.values()), false);
            Map<String, Tensor> byName = new LinkedHashMap<>();
            int i = 0;
            for (String name : parameters.keySet()) {
                byName.put(name, gradients.get(i++));
            }
            names.forEach((theirs, own) -> {
                Tensor gradient = Objects.requireNonNull(byName.get(own));
                // A parameter that the loss does not depend on has an undefined gradient, which stands for 0.
                put("grad_norm/" + theirs, gradient.defined() ? gradient.norm() : Ops.tensor(new float[1]));
            });
        }

        private void discriminatorLoss() {
            Judge d = judge(GROUP);
            PerSample loss = new Vanilla().discriminator(d.scored(in("x")), d.scored(in("x_fake")));
            put("loss", loss.mean());
            norms(loss.mean(), d.trunk.module(), RosinalityNames.ofDiscriminator(number("size")));
        }

        private void generatorLoss() {
            Generator g = generator(weights.generator());
            Judge d = judge(GROUP);
            Tensor fake = draw(g, "z");
            PerSample loss = new Vanilla().generator(() -> d.scored(in("x")), d.scored(fake));
            put("loss", loss.mean());
            norms(loss.mean(), g.module(), RosinalityNames.ofGenerator(number("size"), number("n_mlp")));
        }

        private void pathLength() {
            Generator g = generator(weights.generator());
            Code code = code(g, "z");
            PathLength settings = new PathLength(2, 4, 0.01, 2);
            Tensor lengths = PathLength.lengths(g.draw(code, STORED), code.w(), in("pl_noise"));
            Tensor average = Scope.keep(Ops.zeros(Devices.CPU));
            Tensor penalty = settings.penalty(lengths, average);
            put("lengths", lengths);
            put("penalty", penalty);
            put("path_mean", average);
            norms(penalty, g.module(), RosinalityNames.ofGenerator(number("size"), number("n_mlp")));
        }
    }
}
