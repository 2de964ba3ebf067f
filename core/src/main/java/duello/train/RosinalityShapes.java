package duello.train;

import duello.catalog.Failure;
import duello.io.NdArray;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the shapes of a StyleGAN2 tell of its recipe: everything but how fast the mapping network learns.
 *
 * @param generator in our layout, of the keys that {@link RosinalityKeys} knows
 * @param discriminator likewise, or empty
 * @param source what a failure calls the origin
 */
record RosinalityShapes(Map<String, NdArray> generator, Map<String, NdArray> discriminator, String source) {
    private static final int LARGEST = 1024;

    /**
     * Channels at resolution r are {@code min(base / r, max)}.
     *
     * @param base the least that fits
     */
    private record Rule(long base, long max) {
        long channels(int side) {
            return Math.min(base / side, max);
        }

        @Override
        public String toString() {
            return "{channel_base: " + base + ", channel_max: " + max + "}";
        }
    }

    /** Height and width of the images. */
    int resolution() {
        int side = 4;
        while (generator.containsKey("synthesis.b" + 2 * side + ".conv1.weight")) {
            side *= 2;
        }
        return side;
    }

    /**
     * As settings of a recipe.
     *
     * @throws Failure if there are no such networks here
     */
    List<String> settings() {
        int resolution = resolution();
        if (resolution > LARGEST) {
            throw new Failure(
                    source + ": its images are of " + resolution + " px, but stylegan2 makes at most " + LARGEST);
        }
        Rule ofGenerator = rule("generator", synthesis(resolution));
        Rule ofDiscriminator = discriminator.isEmpty() ? ofGenerator : rule("discriminator", trunk(resolution));
        return List.of(
                "data.resolution=" + resolution,
                "model.latent=" + axis(generator, "mapping.fc0.weight", 1),
                "model.mapping={width: " + axis(generator, "mapping.fc0.weight", 0) + ", layers: " + layers() + "}",
                "model.generator=" + ofGenerator,
                "model.discriminator=" + ofDiscriminator);
    }

    /** How many layers map latents. */
    int layers() {
        int layers = 0;
        while (generator.containsKey("mapping.fc" + layers + ".weight")) {
            layers++;
        }
        return layers;
    }

    private SortedMap<Integer, Long> synthesis(int resolution) {
        SortedMap<Integer, Long> widths = new TreeMap<>();
        for (int side = 4; side <= resolution; side *= 2) {
            widths.put(side, axis(generator, "synthesis.b" + side + ".conv1.weight", 0));
        }
        return widths;
    }

    private SortedMap<Integer, Long> trunk(int resolution) {
        if (!discriminator.containsKey("b" + resolution + ".fromrgb.weight")) {
            throw new Failure(source + ": its discriminator is not for the images of " + resolution
                    + " px that its generator makes");
        }
        SortedMap<Integer, Long> widths = new TreeMap<>();
        widths.put(resolution, axis(discriminator, "b" + resolution + ".fromrgb.weight", 0));
        for (int side = resolution; side > 4; side /= 2) {
            widths.put(side / 2, axis(discriminator, "b" + side + ".conv1.weight", 0));
        }
        return widths;
    }

    private Rule rule(String network, SortedMap<Integer, Long> widths) {
        long max = widths.values().iterator().next(); // at 4x4, the smallest side
        long base = 0;
        for (Map.Entry<Integer, Long> e : widths.entrySet()) {
            base = Math.max(base, e.getKey() * e.getValue());
        }
        Rule rule = new Rule(base, max);
        widths.forEach((side, channels) -> {
            if (channels < 1 || rule.channels(side) != channels) {
                throw new Failure(source + ": the channels of its " + network + " by resolution, " + widths
                        + ", are not min(channel_base / resolution, channel_max) for any channel_base; such networks"
                        + " cannot be built");
            }
        });
        return rule;
    }

    private long axis(Map<String, NdArray> state, String key, int axis) {
        NdArray array = state.get(key);
        if (array == null || array.shape().length <= axis) {
            throw new Failure(source + ": '" + key + "' "
                    + (array == null ? "is missing" : "has the shape " + Arrays.toString(array.shape()))
                    + "; is it of another program?");
        }
        return array.shape()[axis];
    }
}
