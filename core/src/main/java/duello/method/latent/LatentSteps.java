package duello.method.latent;

import static duello.catalog.Entry.entry;

import duello.catalog.Entry;
import duello.method.Method;
import java.util.List;

/** The shelf's list: one line a method that moves latents or what they are mapped to. */
public final class LatentSteps {
    public static final List<Entry<Method>> ENTRIES = List.of(
            entry("logan", Logan.class), entry("langevin", Langevin.class), entry("style_mixing", StyleMixing.class));

    private LatentSteps() {}
}
