package duello.metric;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Range;
import duello.data.DataSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a generator that adapts to a few images is judged by; see {@link Adaptation}. */
public record AdaptationSettings(
        @Doc("Images of the source domain, such as some that the source generator drew; needed where there is a target")
        @Nullable
        DataSource source,

        @Doc("All images of the target domain, for its quality and FID; left out, only diversity is told") @Nullable
        DataSource target,

        @Doc("Members of a cluster that are compared with each other, at most")
        @Default("50")
        @Range(min = 2, max = 10000)
        int members,

        @Doc("Weights of LPIPS; left out, distances are taken on the maps of a built-in classifier") @Nullable
        LpipsFiles lpips) {
    /** LPIPS from the user's files. */
    public record LpipsFiles(
            @Doc("The network: vgg, alex or squeeze") @Default("vgg")
            LpipsNet net,

            @Doc("torchvision's file of the network and that of LPIPS's linear weights, or one of both")
            List<String> files) {
        public LpipsFiles {
            files = List.copyOf(files);
        }
    }
}
