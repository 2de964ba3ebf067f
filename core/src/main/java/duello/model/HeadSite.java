package duello.model;

import duello.torch.Conv2d;
import duello.torch.Embedding;
import duello.torch.Layers;
import duello.torch.Linear;
import duello.torch.Module;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Where heads are built: what they stand on and the backbone's own way to make a linear map or an embedding (spectrally
 * normalised or not). What is built here becomes part of the discriminator's state dict under the given name.
 */
public final class HeadSite {
    private final Module discriminator;
    private final Layers layers;
    private final Ground ground;
    private final UnaryOperator<String> naming;
    private final boolean lending;
    private final Names names;

    /**
     * What heads stand on.
     *
     * @param channels of the last map
     * @param side height and width of the map whose positions heads read side by side; 1 for pooled features
     * @param biased whether linear maps get the bias that they ask for
     */
    public record Ground(long channels, int side, boolean biased) {
        /** Features {@code [B, channels]} of pooled maps. */
        public static Ground pooled(long channels) {
            return new Ground(channels, 1, true);
        }

        long width() {
            return channels * side * side;
        }

        Linear linear(Layers layers, long out, boolean bias) {
            return side == 1
                    ? layers.linear(channels, out, bias && biased)
                    : layers.linearOfMaps(channels, side, out, bias && biased);
        }
    }

    /** What has been built here, by the names of the discriminator's children, and which of it is lent. */
    private record Names(Set<String> built, Set<String> lent) {
        Names() {
            this(new LinkedHashSet<>(), new LinkedHashSet<>());
        }

        static boolean child(Set<String> names, String parameter) {
            return names.stream().anyMatch(name -> parameter.startsWith(name + "."));
        }
    }

    /** Heads on features of {@code width} channels. */
    public HeadSite(Module discriminator, Layers layers, long width) {
        this(discriminator, layers, Ground.pooled(width), UnaryOperator.identity());
    }

    /** Heads on other ground; {@code naming} says what the state dict calls what heads call so. */
    public HeadSite(Module discriminator, Layers layers, Ground ground, UnaryOperator<String> naming) {
        this(discriminator, layers, ground, naming, false, new Names());
    }

    private HeadSite(
            Module discriminator,
            Layers layers,
            Ground ground,
            UnaryOperator<String> naming,
            boolean lending,
            Names names) {
        this.discriminator = discriminator;
        this.layers = layers;
        this.ground = ground;
        this.naming = naming;
        this.lending = lending;
        this.names = names;
    }

    /** This site for a second head of a kind: what is built there is registered under other names. */
    public HeadSite renamed(UnaryOperator<String> other) {
        return new HeadSite(discriminator, layers, ground, name -> naming.apply(other.apply(name)), lending, names);
    }

    /** This site for heads that are moved with the generator, though they are part of the discriminator. */
    public HeadSite forGenerator() {
        return new HeadSite(discriminator, layers, ground, naming, true, names);
    }

    /** Whether the generator's optimiser moves a parameter of the discriminator's state dict. */
    public boolean lent(String parameter) {
        return Names.child(names.lent, parameter);
    }

    /** Whether a parameter of the discriminator's state dict is a head's, not the trunk's. */
    public boolean holds(String parameter) {
        return Names.child(names.built, parameter);
    }

    /** Width F of {@link Features#pooled}. */
    public long width() {
        return ground.width();
    }

    /** A linear map from the features, {@code F -> out}. */
    public Linear linear(String name, long out, boolean bias) {
        return discriminator.child(free(name), ground.linear(layers, out, bias));
    }

    /** A convolution of kernel 3 that keeps height and width, for a named map of the trunk, {@code in -> out} channels. */
    public Conv2d convolution(String name, long in, long out) {
        return discriminator.child(free(name), layers.conv(Conv2d.Shape.conv(in, out, 3, 1, 1)));
    }

    /** A table of {@code count} vectors of {@code size}. */
    public Embedding embedding(String name, long count, long size) {
        return discriminator.child(free(name), layers.embedding(count, size));
    }

    /** The name, with a number behind it when an earlier head has taken it. */
    private String free(String wanted) {
        String candidate = discriminator.free(naming.apply(wanted));
        names.built.add(candidate);
        if (lending) {
            names.lent.add(candidate);
        }
        return candidate;
    }
}
