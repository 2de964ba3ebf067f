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
    private final Parts parts;
    private final UnaryOperator<String> naming;
    private final boolean lending;
    private final Names names;

    /** The backbone's own way to make what heads consist of. */
    public interface Parts {
        /** Width F of {@link Features#pooled}. */
        long width();

        /** A linear map {@code F -> out}. */
        Linear linear(long out, boolean bias);

        /** A convolution of kernel 3 that keeps height and width, {@code in -> out} channels. */
        Conv2d convolution(long in, long out);

        /**
         * {@code count} vectors of {@code size}.
         *
         * @param depth layers of the mapping network that makes them, in families that have such networks
         */
        Embedding embedding(long count, long size, int depth);
    }

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
    }

    /** Parts of a table of layers: linear maps and tables of vectors. */
    private record Plain(Layers layers, Ground ground) implements Parts {
        @Override
        public long width() {
            return ground.width();
        }

        @Override
        public Linear linear(long out, boolean bias) {
            boolean with = bias && ground.biased;
            return ground.side == 1
                    ? layers.linear(ground.channels, out, with)
                    : layers.linearOfMaps(ground.channels, ground.side, out, with);
        }

        @Override
        public Conv2d convolution(long in, long out) {
            return layers.conv(Conv2d.Shape.conv(in, out, 3, 1, 1));
        }

        @Override
        public Embedding embedding(long count, long size, int depth) {
            return layers.embedding(count, size);
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
        this(discriminator, new Plain(layers, Ground.pooled(width)));
    }

    /** Heads on other ground; {@code naming} says what the state dict calls what heads call so. */
    public HeadSite(Module discriminator, Layers layers, Ground ground, UnaryOperator<String> naming) {
        this(discriminator, new Plain(layers, ground), naming, false, new Names());
    }

    /** Heads of a backbone's own parts. */
    public HeadSite(Module discriminator, Parts parts) {
        this(discriminator, parts, UnaryOperator.identity(), false, new Names());
    }

    private HeadSite(Module discriminator, Parts parts, UnaryOperator<String> naming, boolean lending, Names names) {
        this.discriminator = discriminator;
        this.parts = parts;
        this.naming = naming;
        this.lending = lending;
        this.names = names;
    }

    /** This site for a second head of a kind: what is built there is registered under other names. */
    public HeadSite renamed(UnaryOperator<String> other) {
        return new HeadSite(discriminator, parts, name -> naming.apply(other.apply(name)), lending, names);
    }

    /** This site for heads that are moved with the generator, though they are part of the discriminator. */
    public HeadSite forGenerator() {
        return new HeadSite(discriminator, parts, naming, true, names);
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
        return parts.width();
    }

    /** A linear map from the features, {@code F -> out}. */
    public Linear linear(String name, long out, boolean bias) {
        return discriminator.child(free(name), parts.linear(out, bias));
    }

    /** A convolution of kernel 3 that keeps height and width, for a named map of the trunk, {@code in -> out} channels. */
    public Conv2d convolution(String name, long in, long out) {
        return discriminator.child(free(name), parts.convolution(in, out));
    }

    /** A vector of {@code size} for each of {@code count} labels. */
    public Embedding embedding(String name, long count, long size) {
        return mapped(name, count, size, 1);
    }

    /**
     * The same by a mapping network of {@code depth} layers in families that have such networks; in others it is the
     * table that {@link #embedding} makes.
     */
    public Embedding mapped(String name, long count, long size, int depth) {
        return discriminator.child(free(name), parts.embedding(count, size, depth));
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
