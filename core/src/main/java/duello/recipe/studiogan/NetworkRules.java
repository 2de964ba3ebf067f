package duello.recipe.studiogan;

import static duello.recipe.studiogan.Rule.rule;

import java.util.List;
import java.util.function.Predicate;

/** What the reference's networks can be, and what data they can be trained on. */
final class NetworkRules {
    private static final String BACKBONE = "MODEL.backbone";
    private static final String G_COND = "MODEL.g_cond_mtd";
    private static final String SIZE = "DATA.img_size";

    static final List<Rule> ALL = List.of(
            rule(
                    "deep_conv makes images of 32 pixels only",
                    s -> s.is(BACKBONE, "deep_conv") && s.whole(SIZE) != 32,
                    SIZE,
                    BACKBONE),
            rule(
                    "residual networks make images of 32, 64, 128, 256 or 512 pixels",
                    s -> (s.big() || s.is(BACKBONE, "resnet"))
                            && !List.of(32, 64, 128, 256, 512).contains(s.whole(SIZE)),
                    SIZE,
                    BACKBONE),
            rule(
                    "StyleGAN needs a power of two",
                    s -> s.styleGan() && Integer.bitCount(s.whole(SIZE)) != 1,
                    SIZE,
                    BACKBONE),
            rule(
                    "only the big_resnet_deep backbones have a depth",
                    deepless("MODEL.g_depth"),
                    "MODEL.g_depth",
                    BACKBONE),
            rule(
                    "only the big_resnet_deep backbones have a depth",
                    deepless("MODEL.d_depth"),
                    "MODEL.d_depth",
                    BACKBONE),
            rule(
                    "only BigGAN's family shares a class embedding; set it to \"N/A\"",
                    s -> s.has("MODEL.g_shared_dim") && !s.big(),
                    "MODEL.g_shared_dim",
                    BACKBONE),
            rule(
                    "deep_conv and StyleGAN have no such width; set it to \"N/A\"",
                    widthless("MODEL.g_conv_dim"),
                    "MODEL.g_conv_dim",
                    BACKBONE),
            rule(
                    "deep_conv and StyleGAN have no such width; set it to \"N/A\"",
                    widthless("MODEL.d_conv_dim"),
                    "MODEL.d_conv_dim",
                    BACKBONE),
            rule(
                    "big_resnet cuts the latent into equal chunks, one more than it has blocks (4 at 32 pixels, 5 at 64, ...)",
                    s -> s.is(BACKBONE, "big_resnet") && s.whole("MODEL.z_dim") % (log2(s.whole(SIZE)) - 1) != 0,
                    "MODEL.z_dim",
                    SIZE,
                    BACKBONE),
            rule(
                    "only StyleGAN has cAdaIN; use cBN or W/O",
                    s -> s.is(G_COND, "cAdaIN") && !s.styleGan(),
                    G_COND,
                    BACKBONE),
            rule("StyleGAN has cAdaIN or W/O", s -> s.styleGan() && s.is(G_COND, "cBN"), G_COND, BACKBONE),
            rule("activation Auto and StyleGAN need each other", auto("MODEL.g_act_fn"), "MODEL.g_act_fn", BACKBONE),
            rule("activation Auto and StyleGAN need each other", auto("MODEL.d_act_fn"), "MODEL.d_act_fn", BACKBONE),
            rule("CIFAR's images have 32 pixels", s -> cifar(s) && s.whole(SIZE) != 32, SIZE, "DATA.name"),
            rule(
                    "CIFAR10 has 10 classes",
                    s -> s.is("DATA.name", "CIFAR10") && s.whole("DATA.num_classes") != 10,
                    "DATA.num_classes",
                    "DATA.name"),
            rule(
                    "CIFAR100 has 100 classes",
                    s -> s.is("DATA.name", "CIFAR100") && s.whole("DATA.num_classes") != 100,
                    "DATA.num_classes",
                    "DATA.name"));

    private NetworkRules() {}

    private static boolean cifar(Settings s) {
        return s.is("DATA.name", "CIFAR10", "CIFAR100");
    }

    private static int log2(int number) {
        return 31 - Integer.numberOfLeadingZeros(number);
    }

    private static Predicate<Settings> deepless(String key) {
        return s -> s.has(key) && !s.deep();
    }

    private static Predicate<Settings> widthless(String key) {
        return s -> s.has(key) && (s.styleGan() || s.is(BACKBONE, "deep_conv"));
    }

    private static Predicate<Settings> auto(String key) {
        return s -> s.is(key, "Auto") != s.styleGan();
    }
}
