package duello.train;

import duello.method.Method;
import duello.method.Wrap;
import duello.model.Backbone;
import duello.model.Codes;
import duello.model.Discriminator;
import duello.model.Generator;
import duello.model.ImageDomain;
import duello.torch.Seeds;
import java.util.List;
import org.bytedeco.pytorch.Device;
import org.jspecify.annotations.Nullable;

/**
 * A family of networks whose generators some methods put something around.
 *
 * @param wraps from the inside out, in the recipe's order
 */
public record Wrapped(Backbone inner, List<Wrap> wraps) implements Backbone {
    public Wrapped {
        wraps = List.copyOf(wraps);
    }

    /** The networks of a recipe that has these methods. */
    public static Wrapped of(Backbone backbone, List<Method> methods) {
        return new Wrapped(
                backbone,
                methods.stream()
                        .filter(Wrap.class::isInstance)
                        .map(Wrap.class::cast)
                        .toList());
    }

    @Override
    public Generator generator(ImageDomain domain, long seed, Device device) {
        return wrapped(inner.generator(domain, seed, device), seed, device);
    }

    /** What the methods put around a generator of the inner family. */
    Generator wrapped(Generator bare, long seed, Device device) {
        Generator generator = bare;
        for (int i = 0; i < wraps.size(); i++) {
            generator = wraps.get(i).wrap(generator, Seeds.derive(seed, "wrap." + i), device);
        }
        return generator;
    }

    @Override
    public Discriminator discriminator(ImageDomain domain, long seed, Device device) {
        return inner.discriminator(domain, seed, device);
    }

    @Override
    public @Nullable Codes codes() {
        return inner.codes();
    }
}
