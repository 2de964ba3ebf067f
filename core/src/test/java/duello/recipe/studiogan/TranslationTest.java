package duello.recipe.studiogan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Well-known files of the reference, translated by hand beside the program's translation. */
class TranslationTest {
    private static final String BIG = """
            model:
              type: big_resnet
              latent: 80
              shared: 128
              prior: gaussian
              conditional: true
              generator: {width: 96, spectral_norm: true, attention: [2], activation: relu, init: ortho}
              discriminator: {width: 96, spectral_norm: true, attention: [1], activation: relu, init: ortho}
            """;
    private static final String RUN =
            "run: {log_every: 100, samples_every: 2000, checkpoint_every: 2000, evaluate_every: 2000}\n";

    private static String recipe(String name) {
        return Translated.of(ShippedFiles.named(name)).recipe();
    }

    private static String recipe(String backbone, String model, String loss, String rest) {
        return Translated.of(
                        "MODEL:\n  backbone: " + backbone + "\n" + model + "LOSS:\n  adv_loss: hinge\n" + loss + rest)
                .recipe();
    }

    @Test
    void contraGanAsAWhole() {
        assertThat(recipe("CIFAR10/ContraGAN")).isEqualTo("title: \"T\"\ndata: {type: cifar10}\n" + BIG + """
                        adversarial: {type: hinge}
                        logit: {type: plain}
                        methods: [{type: 2c, weight: 1.0, temperature: 1.0, embedding: 512}]
                        train:
                          steps: 100000
                          batch: 64
                          accumulate: 1
                          updates: {discriminator: 5, generator: 1, discriminator_first: true}
                          generator: {type: adam, rate: 0.0002, beta1: 0.5, beta2: 0.999, eps: 1e-6, weight_decay: 0.0}
                          discriminator: {type: adam, rate: 0.0002, beta1: 0.5, beta2: 0.999, eps: 1e-6, weight_decay: 0.0}
                          average: {decay: 0.9999, start: 1000}
                          flip: true
                        """ + RUN);
    }

    @Test
    void reacGan() {
        assertThat(recipe("CIFAR10/ReACGAN"))
                .contains(BIG)
                .contains(
                        "methods:\n  - {type: d2dce, weight: 0.5, temperature: 0.5, margin: 0.98, embedding: 512, form:"
                                + " reference}\n")
                .contains("batch: 128\n", "rate: 0.00028284271\n");
    }

    @Test
    void bigGanDeep() {
        assertThat(recipe("CIFAR10/BigGAN-Deep")).contains("""
                model:
                  type: big_resnet_deep
                  form: legacy
                  depth: {generator: 2, discriminator: 2}
                  latent: 128
                  shared: 128
                  prior: gaussian
                  conditional: true
                  generator: {width: 128, spectral_norm: true, attention: [2], activation: relu, init: ortho}
                """).contains("logit: {type: projection}\nmethods: []\n");
        assertThat(recipe("CIFAR10/BigGAN-Deep-StudioGAN"))
                .contains("form: studiogan\n")
                .contains("updates: {discriminator: 2, generator: 1, discriminator_first: true}");
    }

    @Test
    void bigGan2048OnImageNetAccumulatesFourBatches() {
        assertThat(recipe("ImageNet/BigGAN-2048"))
                .contains("data: {type: image_folder, path: data/ImageNet, resolution: 128, resizer: lanczos}\n")
                .contains("batch: 512\n  accumulate: 4\n")
                .contains("generator: {type: adam, rate: 0.00005, beta1: 0.0, beta2: 0.999, eps: 1e-6")
                .contains("average: {decay: 0.9999, start: 20000}");
    }

    @Test
    void consistency() {
        assertThat(recipe("CIFAR10/BigGAN-ICR")).contains("""
                        logit: {type: projection}
                        methods:
                          - {type: bcr, real: 10.0, fake: 10.0, augment: {type: flip_shift}}
                          - {type: zcr, radius: 0.05, discriminator: 20.0, generator: 0.5}
                        """);
        assertThat(recipe("CIFAR10/ContraGAN-CR")).contains("""
                        methods:
                          - {type: 2c, weight: 1.0, temperature: 1.0, embedding: 512}
                          - {type: cr, weight: 10.0, augment: {type: flip_shift}}
                        """);
    }

    @Test
    void styleGan2() {
        assertThat(Translated.of(ShippedFiles.named("CIFAR10/StyleGAN2")).particulars())
                .isEmpty();
        assertThat(recipe("CIFAR10/StyleGAN2")).isEqualTo("""
                title: "T"
                data: {type: cifar10}
                model:
                  type: stylegan2
                  latent: 512
                  conditional: true
                  mapping: {width: 512, layers: 2}
                  generator: {channel_base: 32768}
                  discriminator: {channel_base: 32768, architecture: orig, group: 32}
                adversarial: {type: logistic}
                logit: {type: style_projection}
                methods: [{type: r1, weight: 0.01, every: 16, place: own}]
                train:
                  steps: 200000
                  batch: 64
                  accumulate: 1
                  updates: {discriminator: 1, generator: 1, discriminator_first: false}
                  generator:
                    type: adam
                    rate: 0.0025
                    beta1: 0
                    beta2: 0.99
                    eps: 1e-8
                    weight_decay: 0.0
                    interval: 4
                  discriminator:
                    type: adam
                    rate: 0.0025
                    beta1: 0
                    beta2: 0.99
                    eps: 1e-8
                    weight_decay: 0.0
                    interval: 16
                  average: {half_life: {thousands: 500, ramp_up: 0.05}}
                  flip: true
                """ + RUN);
    }

    @Test
    void styleGan2OfFaces() {
        assertThat(recipe("FFHQ/StyleGAN2"))
                .contains("conditional: false\n")
                .contains("generator: {channel_base: 32768}")
                .contains("architecture: resnet")
                .contains("{type: style_mixing, probability: 0.9}")
                .contains("{type: path_length, weight: 2, every: 4}");
    }

    @Test
    void loGan() {
        assertThat(recipe("CIFAR10/LOGAN"))
                .contains("type: resnet\n  latent: 128\n  prior: uniform\n  conditional: false\n")
                .contains("generator: {width: 64, spectral_norm: false, activation: relu, init: ortho}")
                .contains("methods: [{type: logan, alpha: 0.9, beta: 0.1, rate: 0.8, weight: 0.1}]");
    }

    @Test
    void mhGanAndMdGan() {
        assertThat(recipe("CIFAR10/MHGAN")).contains("""
                adversarial: {type: multi_hinge, generator: 0.05}
                logit: {type: multi_hinge}
                methods: [{type: feature_matching, weight: 1.0}]
                """);
        assertThat(recipe("CIFAR10/MDGAN")).contains("""
                adversarial: {type: vanilla}
                logit: {type: multi_dimension}
                methods: [{type: r1, weight: 1.0}]
                """);
    }

    @Test
    void adcAndTacWrapTheirObjective() {
        assertThat(recipe("CIFAR10/ContraGAN-ADC"))
                .contains(
                        "methods: [{type: adc, objective: {type: 2c, weight: 1.0, temperature: 1.0, embedding: 512}}]");
        assertThat(recipe("CIFAR10/ACGAN-Mod-Big-TAC"))
                .contains("methods:\n  - type: tac\n    objective: {type: ac, weight: 1.0, normalize: false}\n"
                        + "    discriminator: 1.0\n    generator: 1.0\n    form: twin\n");
    }

    @Test
    void infoGan() {
        assertThat(recipe("CIFAR10/DCGAN-Info"))
                .contains("type: deep_conv\n  latent: 128\n  prior: gaussian\n  conditional: false\n")
                .contains("generator: {spectral_norm: false, activation: relu, init: ortho}")
                .contains("codes: {discrete: 1, categories: 10, continuous: 0, injection: cbn}")
                .contains("methods: [{type: infogan, discrete: 1.0, continuous: 0}]");
        assertThat(recipe("CIFAR10/BigGAN-Info-Uncond"))
                .as("the codes come in through the shared embedding")
                .contains("latent: 80\n  shared: 128\n  prior: gaussian\n  conditional: false\n");
    }

    @Test
    void penaltiesOfTheWassersteinLine() {
        assertThat(recipe("CIFAR10/WGAN-GP"))
                .contains("adversarial: {type: wasserstein}")
                .contains("methods: [{type: gradient_penalty, weight: 10.0}]");
        assertThat(recipe("CIFAR10/WGAN-DRA")).contains("methods: [{type: dragan, weight: 10.0}]");
        assertThat(recipe("CIFAR10/WGAN-WC")).contains("methods: [{type: weight_clipping, bound: 0.01}]");
        assertThat(recipe("CIFAR10/LGAN"))
                .contains("adversarial: {type: vanilla}", "methods: [{type: max_gradient_penalty, weight: 10.0}]");
        assertThat(recipe("CIFAR10/LSGAN")).contains("adversarial: {type: least_squares}");
    }

    @Test
    void augmentations() {
        assertThat(recipe("CIFAR10/ReACGAN-ADA"))
                .contains("- {type: ada, set: bgc, initial: 0, target: 0.7, kimg: 500, interval: 4}\n")
                .contains("flip: false\n");
        assertThat(recipe("CIFAR10/SNGAN-APA"))
                .contains("methods: [{type: apa, initial: 0, target: 0.6, kimg: 500, interval: 4}]");
        assertThat(recipe("CIFAR10/BigGAN-DiffAug-LeCam"))
                .contains("methods: [{type: lecam, weight: 0.3, start: 1000, decay: 0.99}, {type: diffaugment}]\n");
    }

    @Test
    void adaTakesDiffAugmentsPlaceAndWithoutATargetKeepsItsProbability() {
        Translated both = Translated.of("""
                AUG:
                  apply_diffaug: True
                  diffaug_type: diffaug
                  apply_ada: True
                  ada_aug_type: bg
                  ada_initial_augment_p: 0.25
                  ada_target: null
                  ada_kimg: 500
                  ada_interval: 4
                """);
        assertThat(both.recipe()).contains("methods: [{type: ada_transforms, set: bg, probability: 0.25}]");
        assertThat(both.particulars()).singleElement().asString().contains("ADA takes its place");
    }

    @Test
    void augmentationsThatFailInTheReferenceDoWhatTheyAreMeantTo() {
        String fixed = "AUG:\n  apply_diffaug: true\n  diffaug_type: ";
        assertThat(Translated.of(fixed + "simclr_hq_cutout\n").recipe())
                .contains("methods: [{type: simclr, variant: hq_cutout}]");
        assertThat(Translated.of(fixed + "byol\n").recipe()).contains("methods: [{type: simclr, variant: byol}]");
        assertThat(Translated.of(fixed + "geom\n").recipe())
                .contains("methods: [{type: ada_transforms, set: geom, probability: 1}]");
        assertThat(Translated.of(fixed + "geom\n").particulars())
                .singleElement()
                .asString()
                .endsWith("AUG.diffaug_type: geom fails in the reference; here it does what it is meant to do");
    }

    @Test
    void otherOptimisersTopKAndStarts() {
        String optimiser = "OPTIMIZATION:\n  type_: %s\n  momentum: 0.9\n  g_weight_decay: 1e-4\n";
        assertThat(recipe(
                        "resnet",
                        "  d_init: glorot\n  g_init: N02\n  g_act_fn: Leaky_ReLU\n",
                        "  apply_topk: yes\n  topk_gamma: 0.99\n  topk_nu: 0.5\n",
                        optimiser.formatted("SGD") + "  nesterov: True\n"))
                .contains("generator: {type: sgd, rate: 0.0002, momentum: 0.9, nesterov: true, weight_decay: 0.0001}")
                .contains("methods: [{type: top_k, gamma: 0.99, nu: 0.5}]")
                .contains("generator: {width: 64, spectral_norm: false, activation: leaky_relu, init: n02}")
                .contains("discriminator: {width: 64, spectral_norm: false, activation: relu, init: xavier}");
        assertThat(recipe("resnet", "", "", optimiser.formatted("RMSprop") + "  alpha: 0.99\n"))
                .contains(
                        "discriminator: {type: rmsprop, rate: 0.0002, alpha: 0.99, momentum: 0.9, weight_decay: 0.0}");
    }

    @Test
    void aKeyWithoutEffectIsSaidToHaveNone() {
        Translated idle = Translated.of("""
                DATA:
                  img_channels: 1
                LOSS:
                  r1_place: inside_loop
                  temperature: 0.5
                OPTIMIZATION:
                  alpha: 0.9
                STYLEGAN:
                  mapping_network: 8
                """);
        assertThat(idle.particulars())
                .containsExactlyInAnyOrder(
                        "f.yaml:2:17  DATA.img_channels: 1 has no effect beside MODEL.backbone is resnet and"
                                + " MODEL.d_cond_mtd is W/O",
                        "f.yaml:4:13  LOSS.r1_place is set, but StyleGAN's R1 takes no part: LOSS.apply_r1_reg is not in"
                                + " the file; it is so in the reference",
                        "f.yaml:5:16  LOSS.temperature is set, but a loss between embeddings takes no part:"
                                + " MODEL.d_cond_mtd is not in the file; it is so in the reference",
                        "f.yaml:7:10  OPTIMIZATION.alpha is set, but RMSprop takes no part: OPTIMIZATION.type_ is not in the"
                                + " file; it is so in the reference",
                        "f.yaml:9:20  STYLEGAN.mapping_network is set, but StyleGAN takes no part: MODEL.backbone is not in"
                                + " the file; it is so in the reference");
    }
}
