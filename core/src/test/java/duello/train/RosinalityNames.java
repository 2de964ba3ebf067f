package duello.train;

import java.util.LinkedHashMap;
import java.util.Map;

/** What rosinality's program calls the parameters of our StyleGAN2, for comparisons with what it computed. */
public final class RosinalityNames {
    private RosinalityNames() {}

    /** Of a generator, theirs to ours. */
    public static Map<String, String> ofGenerator(int resolution, int mapping) {
        return names(RosinalityKeys.generator(resolution, mapping));
    }

    /** Of a discriminator, theirs to ours. */
    public static Map<String, String> ofDiscriminator(int resolution) {
        return names(RosinalityKeys.discriminator(resolution));
    }

    private static Map<String, String> names(Correspondence c) {
        Map<String, String> names = new LinkedHashMap<>();
        RosinalityKeys.parameters(c).forEach(theirs -> names.put(theirs, c.ourName(theirs)));
        return names;
    }
}
