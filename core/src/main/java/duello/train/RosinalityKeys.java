package duello.train;

import duello.io.NdArray;
import duello.model.Weights;
import duello.torch.Devices;
import duello.torch.Scope;
import duello.torch.SeededDraws;
import duello.torch.Seeds;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The state dicts of StyleGAN2 (Karras et al., CVPR 2020, arXiv 1912.04958) in two layouts: ours, which is that of
 * PyTorch-StudioGAN and NVIDIA, and that of rosinality's {@code stylegan2-pytorch}, in which the source models of few-shot
 * adaptation are published. Both programs compute the same from the same numbers.
 *
 * <p>That holds for a generator without classes and with {@code skip} images, and for a residual discriminator with one
 * logit; everything else has no counterpart and is refused.
 */
final class RosinalityKeys {
    /** Where the mean latent lies in our generator. */
    static final String OUR_MEAN = "mapping.w_avg";

    /** What files call the mean latent, which is not in their state dict. */
    static final String LATENT_MEAN = "latent_avg";

    private static final String GENERATOR =
            "rosinality's StyleGAN2 generators have no classes and add up the images of all" + " resolutions (skip)";
    private static final String DISCRIMINATOR =
            "rosinality's StyleGAN2 discriminators are residual (architecture: resnet), without classes, with one logit";
    private static final Pattern NOISE = Pattern.compile("noises\\.noise_(\\d+)");
    private static final int LEAST = 8;

    /** How often 4 pixels are doubled at most. */
    static final int MOST_DOUBLINGS = 10;

    private RosinalityKeys() {}

    /**
     * The generator's correspondence.
     *
     * @param resolution a power of 2, 8 to 4096
     * @param mapping how many layers map latents
     */
    static Correspondence generator(int resolution, int mapping) {
        checkResolution(resolution);
        Correspondence c = new Correspondence(GENERATOR, RosinalityKeys::absent);
        theirGenerator(c, resolution, mapping);
        ourGenerator(c, resolution, mapping);
        return c;
    }

    private static void theirGenerator(Correspondence c, int resolution, int mapping) {
        for (int i = 0; i < mapping; i++) {
            c.pair("style." + (i + 1) + ".weight", "mapping.fc" + i + ".weight");
            c.pair("style." + (i + 1) + ".bias", "mapping.fc" + i + ".bias");
        }
        c.pair("input.input", "synthesis.b4.const", 1, 0);
        styled(c, "conv1", "synthesis.b4.conv1", false);
        image(c, "to_rgb1", "synthesis.b4.torgb", false);
        for (int r = LEAST, j = 0; r <= resolution; r *= 2, j++) {
            styled(c, "convs." + 2 * j, "synthesis.b" + r + ".conv0", true);
            styled(c, "convs." + (2 * j + 1), "synthesis.b" + r + ".conv1", false);
        }
        for (int r = LEAST, j = 0; r <= resolution; r *= 2, j++) {
            image(c, "to_rgbs." + j, "synthesis.b" + r + ".torgb", true);
        }
        c.pair("noises.noise_0", "synthesis.b4.conv1.noise_const", 2, 0);
        for (int r = LEAST, k = 1; r <= resolution; r *= 2, k += 2) {
            c.pair("noises.noise_" + k, "synthesis.b" + r + ".conv0.noise_const", 2, 0);
            c.pair("noises.noise_" + (k + 1), "synthesis.b" + r + ".conv1.noise_const", 2, 0);
        }
        c.pair(LATENT_MEAN, OUR_MEAN);
    }

    private static void styled(Correspondence c, String theirs, String ours, boolean up) {
        c.pair(theirs + ".conv.weight", ours + ".weight", 1, 0);
        if (up) {
            c.theirConstant(theirs + ".conv.blur.kernel", kernel(4));
        }
        modulation(c, theirs, ours);
        c.pair(theirs + ".noise.weight", ours + ".noise_strength", 1, 0);
        c.pair(theirs + ".activate.bias", ours + ".bias");
    }

    private static void image(Correspondence c, String theirs, String ours, boolean up) {
        c.pair(theirs + ".bias", ours + ".bias", 1, 2);
        if (up) {
            c.theirConstant(theirs + ".upsample.kernel", kernel(4));
        }
        c.pair(theirs + ".conv.weight", ours + ".weight", 1, 0);
        modulation(c, theirs, ours);
    }

    private static void modulation(Correspondence c, String theirs, String ours) {
        c.pair(theirs + ".conv.modulation.weight", ours + ".affine.weight");
        c.pair(theirs + ".conv.modulation.bias", ours + ".affine.bias");
    }

    private static void ourGenerator(Correspondence c, int resolution, int mapping) {
        for (int r = 4; r <= resolution; r *= 2) {
            String block = "synthesis.b" + r + ".";
            if (r == 4) {
                c.our(block, "const");
            }
            c.ourConstant(block + "resample_filter", kernel(1));
            if (r > 4) {
                ourStyled(c, block + "conv0.");
            }
            ourStyled(c, block + "conv1.");
            c.our(block + "torgb.", "weight", "bias", "affine.weight", "affine.bias");
        }
        c.our("", OUR_MEAN);
        for (int i = 0; i < mapping; i++) {
            c.our("mapping.fc" + i + ".", "weight", "bias");
        }
    }

    private static void ourStyled(Correspondence c, String layer) {
        c.our(layer, "weight", "noise_strength", "bias");
        c.ourConstant(layer + "resample_filter", kernel(1));
        c.our(layer, "noise_const", "affine.weight", "affine.bias");
    }

    /** The discriminator's correspondence; {@code resolution} is a power of 2, 8 to 4096. */
    static Correspondence discriminator(int resolution) {
        checkResolution(resolution);
        Correspondence c = new Correspondence(DISCRIMINATOR, Correspondence.Absent.NEVER);
        c.pair("convs.0.0.weight", "b" + resolution + ".fromrgb.weight");
        c.pair("convs.0.1.bias", "b" + resolution + ".fromrgb.bias");
        for (int r = resolution, k = 1; r >= LEAST; r /= 2, k++) {
            String theirs = "convs." + k;
            c.pair(theirs + ".conv1.0.weight", "b" + r + ".conv0.weight");
            c.pair(theirs + ".conv1.1.bias", "b" + r + ".conv0.bias");
            c.theirConstant(theirs + ".conv2.0.kernel", kernel(1));
            c.pair(theirs + ".conv2.1.weight", "b" + r + ".conv1.weight");
            c.pair(theirs + ".conv2.2.bias", "b" + r + ".conv1.bias");
            c.theirConstant(theirs + ".skip.0.kernel", kernel(1));
            c.pair(theirs + ".skip.1.weight", "b" + r + ".skip.weight");
        }
        c.pair("final_conv.0.weight", "b4.conv.weight");
        c.pair("final_conv.1.bias", "b4.conv.bias");
        c.pair("final_linear.0.weight", "b4.fc.weight");
        c.pair("final_linear.0.bias", "b4.fc.bias");
        c.pair("final_linear.1.weight", "linear1.weight");
        c.pair("final_linear.1.bias", "linear1.bias");
        ourDiscriminator(c, resolution);
        return c;
    }

    private static void ourDiscriminator(Correspondence c, int resolution) {
        for (int r = resolution; r >= LEAST; r /= 2) {
            String block = "b" + r + ".";
            c.ourConstant(block + "resample_filter", kernel(1));
            if (r == resolution) {
                ourConvolution(c, block + "fromrgb.", "weight", "bias");
            }
            ourConvolution(c, block + "conv0.", "weight", "bias");
            ourConvolution(c, block + "conv1.", "weight", "bias");
            ourConvolution(c, block + "skip.", "weight");
        }
        ourConvolution(c, "b4.conv.", "weight", "bias");
        c.our("b4.fc.", "weight", "bias");
        c.our("linear1.", "weight", "bias");
    }

    private static void ourConvolution(Correspondence c, String layer, String... names) {
        c.our(layer, names);
        c.ourConstant(layer + "resample_filter", kernel(1));
    }

    /** The outer product of 1-3-3-1 with itself, of the sum {@code gain}; exact in float32. */
    private static NdArray kernel(int gain) {
        int[] taps = {1, 3, 3, 1};
        float[] values = new float[taps.length * taps.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = gain * taps[i / taps.length] * taps[i % taps.length] / 64f;
        }
        return NdArray.of(values, taps.length, taps.length);
    }

    /** The keys of their file that training moves, in their order, which is that of its optimisers. */
    static List<String> parameters(Correspondence c) {
        return c.theirs().stream()
                .filter(key -> !c.isConstant(key)
                        && !key.equals(LATENT_MEAN)
                        && !NOISE.matcher(key).matches())
                .toList();
    }

    private static void checkResolution(int resolution) {
        if (resolution < LEAST || resolution > 4 << MOST_DOUBLINGS || Integer.bitCount(resolution) != 1) {
            throw new IllegalArgumentException("a resolution of " + resolution + " pixels");
        }
    }

    /**
     * Files may lack noise maps, which are drawn afresh as rosinality's program would, and the mean latent, which is 0 until
     * somebody takes it.
     */
    private static @Nullable NdArray absent(String key, Map<String, NdArray> file) {
        Matcher noise = NOISE.matcher(key);
        if (noise.matches()) {
            int number = Integer.parseInt(noise.group(1));
            long side = 1L << (number + 5) / 2;
            try (Scope scope = Scope.open()) {
                long seed = Seeds.derive(0, "rosinality.noise", number);
                return Weights.array(new SeededDraws(seed, Devices.CPU).normal(1, 1, side, side));
            }
        }
        NdArray bias = file.get("style.1.bias");
        return key.equals(LATENT_MEAN) && bias != null ? NdArray.of(new float[bias.size()], bias.size()) : null;
    }
}
