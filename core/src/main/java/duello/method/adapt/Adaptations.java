package duello.method.adapt;

import static duello.catalog.Entry.entry;

import duello.catalog.Entry;
import duello.method.Method;
import java.util.List;

/** The shelf's list: one line a method of adaptation. */
public final class Adaptations {
    public static final List<Entry<Method>> ENTRIES = List.of(
            entry("relaxed_realism", RelaxedRealism.class),
            entry("cdc", CrossDomain.class),
            entry("dcl", DualContrast.class),
            entry("ewc", ElasticWeights.class),
            entry("minegan", MineGan.class),
            entry("bsa", BatchStatistics.class),
            entry("self_correlation", SelfCorrelation.class),
            entry("disturbance_correlation", DisturbanceCorrelation.class),
            entry("latent_compression", LatentCompression.class));

    private Adaptations() {}
}
