package duello.method.latent;

import static duello.catalog.Entry.entry;

import duello.catalog.Entry;
import duello.method.LatentStep;
import java.util.List;

/** The shelf's list: one line a method that moves latents. */
public final class LatentSteps {
    public static final List<Entry<LatentStep>> ENTRIES =
            List.of(entry("logan", Logan.class), entry("langevin", Langevin.class));

    private LatentSteps() {}
}
