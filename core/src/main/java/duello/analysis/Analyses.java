package duello.analysis;

import static duello.catalog.Entry.entry;

import duello.catalog.Entry;
import duello.method.Method;
import java.util.List;

/** The shelf's list: one line an analysis, and one for each of its plots. */
public final class Analyses {
    public static final List<Entry<Method>> ENTRIES = List.of(
            entry("discriminator_overfitting", DiscriminatorOverfitting.class),
            entry("class_gradient_norms", ClassGradientNorms.class));

    /** What reports draw, in order. */
    public static final List<Plot> PLOTS = List.of(
            DiscriminatorOverfitting.PLOT,
            ClassGradientNorms.FEATURES,
            ClassGradientNorms.GRADIENTS,
            ClassGradientNorms.CONFIDENCE);

    private Analyses() {}
}
