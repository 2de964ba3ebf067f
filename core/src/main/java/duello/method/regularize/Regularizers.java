package duello.method.regularize;

import static duello.catalog.Entry.entry;

import duello.catalog.Entry;
import duello.method.Method;
import java.util.List;

/** The shelf's list: one line a regulariser. */
public final class Regularizers {
    public static final List<Entry<Method>> ENTRIES = List.of(
            entry("r1", R1.class),
            entry("gradient_penalty", GradientPenalty.class),
            entry("dragan", Dragan.class),
            entry("max_gradient_penalty", MaxGradientPenalty.class),
            entry("weight_clipping", WeightClipping.class),
            entry("path_length", PathLength.class),
            entry("lecam", LeCam.class),
            entry("cr", Consistency.class),
            entry("bcr", BalancedConsistency.class),
            entry("zcr", LatentConsistency.class),
            entry("feature_matching", FeatureMatching.class),
            entry("top_k", TopK.class),
            entry("freeze_d", FreezeD.class));

    private Regularizers() {}
}
