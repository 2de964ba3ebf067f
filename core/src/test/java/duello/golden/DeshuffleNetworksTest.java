package duello.golden;

import static org.assertj.core.api.Assertions.assertThat;

import duello.golden.KeyTable.Network;
import duello.io.Golden;
import duello.io.NdArray;
import duello.io.PthReader;
import duello.method.PerSample;
import duello.method.Scored;
import duello.method.adversarial.Hinge;
import duello.method.condition.PlainLogit;
import duello.model.Backbone;
import duello.model.DeshuffleDcgan;
import duello.model.DeshuffleSngan;
import duello.model.Discriminator;
import duello.model.Features;
import duello.model.Generator;
import duello.model.Head;
import duello.model.ImageDomain;
import duello.model.Latent;
import duello.model.Prior;
import duello.model.Weights;
import duello.torch.Devices;
import duello.torch.Forward;
import duello.torch.Init;
import duello.torch.Linear;
import duello.torch.Module;
import duello.torch.Ops;
import duello.torch.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * DeshuffleGAN's two pairs of networks compute from published weights what the published program does, both heads, one
 * training step's gradients included; and their state dicts have its keys.
 */
class DeshuffleNetworksTest {
    private static final String FAMILY = "DeshuffleGAN ";
    private static final int PERMUTATIONS = 30;

    /** The networks, the head of realness and the head of permutations. */
    private record Pair(Generator generator, Discriminator trunk, Head logit, Linear permutations) {
        static Pair of(Backbone backbone, int resolution) {
            ImageDomain domain = new ImageDomain(resolution, 1);
            Discriminator d = backbone.discriminator(domain, 2, Devices.CPU);
            Head logit = new PlainLogit().build(d.site(), 1);
            return new Pair(
                    backbone.generator(domain, 1, Devices.CPU),
                    d,
                    logit,
                    d.site().linear("deshuffle", PERMUTATIONS, true));
        }

        Tensor realness(Features features, Forward f) {
            return logit.read(features, Ops.tensor(new long[] {0}, 1), f);
        }
    }

    /** Whether a fixture is compared here. */
    static boolean deshuffle(Fixture fixture) {
        return fixture.family().startsWith(FAMILY);
    }

    private static List<Fixture> fixtures() {
        return Fixture.below(Golden.folder()).stream()
                .filter(DeshuffleNetworksTest::deshuffle)
                .toList();
    }

    @Test
    void thereIsAFixture() {
        assertThat(fixtures()).isNotEmpty();
    }

    @TestFactory
    Stream<DynamicTest> everyFixture() {
        return fixtures().stream()
                .flatMap(f -> Stream.of(
                        DynamicTest.dynamicTest(f.name() + ": outputs and gradients", () -> sameNumbers(f)),
                        DynamicTest.dynamicTest(f.name() + ": keys in both containers", () -> sameKeys(f))));
    }

    private static Backbone backbone(Fixture fixture) {
        return fixture.family().equals(FAMILY + "dcgan")
                ? dcgan(number(fixture, "G_h_size"), number(fixture, "D_h_size"), number(fixture, "z_size"))
                : sngan(number(fixture, "base_width (64 in the published file)"), number(fixture, "z_size"));
    }

    private static Backbone dcgan(int ofGenerator, int ofDiscriminator, int latent) {
        return new DeshuffleDcgan(
                new DeshuffleDcgan.Parts(ofGenerator, false, List.of(), Init.Rule.DCGAN),
                new DeshuffleDcgan.Parts(ofDiscriminator, false, List.of(), Init.Rule.DCGAN),
                latent,
                Prior.GAUSSIAN,
                false,
                null);
    }

    private static Backbone sngan(int width, int latent) {
        return new DeshuffleSngan(
                new DeshuffleSngan.GeneratorParts(width, false, true, List.of(), Init.Rule.DCGAN),
                new DeshuffleSngan.DiscriminatorParts(width, true, List.of(), Init.Rule.DCGAN),
                latent,
                Prior.GAUSSIAN,
                false,
                null);
    }

    private static int number(Fixture fixture, String key) {
        return fixture.config().path(key).asInt();
    }

    /** The fixture's networks with its weights. */
    private static Pair loaded(Fixture fixture) {
        Pair pair = Pair.of(backbone(fixture), number(fixture, "image_size"));
        Weights.load(fixture.weights("G"), pair.generator.module(), "G");
        Weights.load(fixture.weights("D"), pair.trunk.module(), "D");
        pair.trunk.module().requiresGrad(true);
        return pair;
    }

    private static Tensor drawn(Fixture fixture, Pair pair, Forward f) {
        Tensor z = fixture.input("z");
        return pair.generator.images(new Latent(z.flatten(1, -1), Ops.tensor(new long[] {0}, 1)), f);
    }

    private static void sameNumbers(Fixture fixture) {
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> ours = new LinkedHashMap<>();
            evaluated(fixture, loaded(fixture), ours);
            trained(fixture, loaded(fixture), ours);
            Allowances allowances = Allowances.of(Golden.folder());
            Map<String, String> faults = new LinkedHashMap<>();
            Map<String, NdArray> theirs = fixture.io();
            theirs.keySet().removeIf(name -> name.startsWith("in/") || name.startsWith("shuffled/"));
            assertThat(ours.keySet()).containsExactlyInAnyOrderElementsOf(theirs.keySet());
            theirs.forEach((name, expected) -> {
                double used = allowances.used(name, Ops.toDoubles(ours.get(name)), expected.toDoubles());
                if (!(used <= 1)) {
                    faults.put(name, used + " times what is allowed");
                }
            });
            assertThat(faults).as("entries that differ").isEmpty();
        }
    }

    private static void evaluated(Fixture fixture, Pair pair, Map<String, Tensor> ours) {
        Forward f = Forward.EVALUATION;
        ours.put("G.eval/out", drawn(fixture, pair, f));
        Map.of("D.eval", fixture.input("x"), "D.eval_shuffled", shuffled(fixture))
                .forEach((group, images) -> {
                    Features features = pair.trunk.trunk(images, f);
                    ours.put(group + "/rf", pair.realness(features, f));
                    ours.put(group + "/jigsaw", pair.permutations.apply(features.pooled(), f));
                });
    }

    private static Tensor shuffled(Fixture fixture) {
        return Weights.tensor(fixture.io().get("shuffled/x"));
    }

    /** Reals, shuffled reals and fakes pass in this order; the sum of both losses is differentiated. */
    private static void trained(Fixture fixture, Pair pair, Map<String, Tensor> ours) {
        Forward f = Forward.TRAINING;
        Tensor fakes = drawn(fixture, pair, f);
        Tensor labels = fixture.input("order");
        Scored real = new Scored(pair.realness(pair.trunk.trunk(fixture.input("x"), f), f), labels);
        Tensor order =
                pair.permutations.apply(pair.trunk.trunk(shuffled(fixture), f).pooled(), f);
        Scored fake = new Scored(pair.realness(pair.trunk.trunk(fakes.detach(), f), f), labels);
        PerSample hinge = new Hinge().discriminator(real, fake);
        Tensor crossEntropy = torch.cross_entropy_loss(order, labels);
        ours.put("G.train/out", fakes);
        ours.put("D.train/hinge", hinge.mean());
        ours.put("D.train/deshuffle_ce", crossEntropy);
        Ops.backward(hinge.mean().add(crossEntropy));
        pair.trunk
                .module()
                .parameters()
                .forEach((name, p) ->
                        ours.put("D.train/grad_norm/" + name, p.grad().norm()));
    }

    private static void sameKeys(Fixture fixture) {
        try (Scope scope = Scope.open()) {
            Pair pair = loaded(fixture);
            Map<?, ?> file = PthReader.readMap(fixture.folder().resolve("state_01.pth"));
            assertPublished(pair.generator.module(), PthReader.stateDict(file.get("G_state"), "G"), fixture, "G");
            assertPublished(pair.trunk.module(), PthReader.stateDict(file.get("D_state"), "D"), fixture, "D");
        }
    }

    private static void assertPublished(Module module, Map<String, NdArray> pth, Fixture fixture, String network) {
        assertThat(pth).isEqualTo(fixture.weights(network));
        assertThat(Weights.arrays(module.published())).isEqualTo(pth);
        assertThat(module.published().keySet()).containsExactlyElementsOf(pth.keySet());
    }

    @TestFactory
    Stream<DynamicTest> publishedSizes() {
        Map<Network, List<String>> table = KeyTable.read();
        return table.keySet().stream()
                .filter(n -> n.family().startsWith("deshufflegan_"))
                .map(n -> DynamicTest.dynamicTest(n.family() + " " + n.network(), () -> compare(n, table.get(n))));
    }

    private static void compare(Network network, List<String> theirs) {
        Backbone backbone = network.family().endsWith("dcgan") ? dcgan(128, 128, 128) : sngan(64, 128);
        ImageDomain domain = new ImageDomain(network.resolution(), 1);
        try (Scope scope = Scope.open()) {
            Module module;
            if (network.network().equals("G")) {
                module = backbone.generator(domain, 1, Devices.CPU).module();
            } else {
                Discriminator d = backbone.discriminator(domain, 1, Devices.CPU);
                new PlainLogit().build(d.site(), 1);
                d.site().linear("deshuffle", PERMUTATIONS, true);
                module = d.module();
            }
            Map<String, Tensor> parameters = module.parameters();
            assertThat(module.published().entrySet().stream()
                            .map(e -> e.getKey()
                                    + (parameters.containsKey(e.getKey()) ? " param " : " buffer ")
                                    + shape(e.getValue()))
                            .toList())
                    .isEqualTo(theirs);
        }
    }

    private static String shape(Tensor t) {
        return t.dim() == 0
                ? "scalar"
                : LongStream.of(Ops.shape(t)).mapToObj(Long::toString).collect(Collectors.joining("x"));
    }
}
