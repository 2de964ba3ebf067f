package duello.method.pretext;

import static duello.catalog.Entry.entry;

import duello.catalog.Entry;
import duello.method.Method;
import java.util.List;

/** The shelf's list: one line a method. */
public final class Pretexts {
    public static final List<Entry<Method>> ENTRIES = List.of(
            entry("deshuffle", Deshuffle.class),
            entry("rotation", Rotation.class),
            entry("ssgan_ms", MultiClassMinimax.class),
            entry("ssgan_la", LabelAugmentation.class),
            entry("dagan", DataAugmentation.class),
            entry("fx_gan", FeatureExchange.class));

    private Pretexts() {}
}
