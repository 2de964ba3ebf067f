package duello.bench;

import duello.catalog.Failure;
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

    private static Gan named(String name) {
        return ALL.stream()
                .filter(g -> g.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Failure("there is no gan '" + name + "'; there are "
                        + String.join(", ", ALL.stream().map(Gan::name).toList())));
    }
}
