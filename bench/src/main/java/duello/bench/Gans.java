package duello.bench;

import duello.catalog.Failure;
import duello.train.AdamSettings;
import duello.train.Precision;
import duello.train.Together;
import duello.train.TrainSettings;
import duello.train.Turns;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The GANs that can be raced, the first unless told otherwise: one line each. */
final class Gans {
    static final List<Gan> ALL = List.of(ContraGan.CIFAR10, NarrowStyleGan2.FACES);

    private static final String OPTION = "gan";

    /** A GAN of the sizes that a command line asks for, and all that the line says. */
    record Chosen(Gan gan, Options options) {}

    private Gans() {}

    /**
     * Reads a command line: {@code --gan}, that GAN's sizes, and {@code others}.
     *
     * @throws Failure if there is no such GAN or option
     */
    static Chosen chosen(String[] args, Set<String> others) {
        Gan gan = named(Options.early(args, OPTION, ALL.get(0).name()));
        Set<String> known = new TreeSet<>(others);
        known.add(OPTION);
        known.addAll(gan.sizes().keySet());
        Options options = new Options(args, known);
        return new Chosen(gan.sized(options), options);
    }

    /** Long training in single precision on the processor, without a moving average. */
    static TrainSettings settings(int batch, Turns turns, AdamSettings generator, AdamSettings discriminator) {
        return new TrainSettings(
                100_000,
                batch,
                1,
                turns,
                generator,
                discriminator,
                null,
                true,
                false,
                Precision.FLOAT32,
                Together.STANDARD,
                "cpu",
                1);
    }

    private static Gan named(String name) {
        return ALL.stream()
                .filter(g -> g.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Failure("there is no gan '" + name + "'; there are "
                        + String.join(", ", ALL.stream().map(Gan::name).toList())));
    }
}
