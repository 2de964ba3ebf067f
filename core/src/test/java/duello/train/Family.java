package duello.train;

import duello.catalog.Entry;
import duello.model.Backbone;
import duello.model.Backbones;
import duello.model.Codes.Injection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A backbone of the catalogue and the settings of its smallest networks.
 *
 * @param settings as YAML; {@code %s} stands for whether the discriminator has spectral normalisation
 * @param injections how its generator can take codes
 */
record Family(String name, String settings, Set<Injection> injections) {
    static final Family STYLE = new Family("stylegan2", """
            latent: 12
            conditional: true
            mapping: {width: 6, layers: 2}
            generator: {channel_base: 64, channel_max: 6}
            discriminator: {channel_base: 64, channel_max: 6}
            """, EnumSet.of(Injection.CONCAT));

    /** Those whose settings have other names than those of most. */
    private static final List<Family> OTHERS = List.of(STYLE);

    private static final String COMMON = """
            latent: 12
            generator: {width: 4}
            discriminator: {width: 4, spectral_norm: %s}
            """;

    /** The catalogue. */
    static Stream<Family> all() {
        return Backbones.ENTRIES.stream().map(Entry::name).map(Family::of);
    }

    private static Family of(String name) {
        return OTHERS.stream()
                .filter(family -> family.name.equals(name))
                .findFirst()
                .orElseGet(() -> new Family(name, COMMON, EnumSet.allOf(Injection.class)));
    }

    /** The smallest networks, with spectral normalisation where the family has any. */
    Backbone smallest() {
        return smallest(true, "");
    }

    /** @param more further settings, as YAML */
    Backbone smallest(boolean spectral, String more) {
        return Tiny.read(Backbone.class, "type: " + name + "\n" + settings.formatted(spectral) + more);
    }
}
