package duello.metric;

import duello.catalog.Failure;
import duello.torch.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * Diversity of few-shot generators (Ojha et al., <i>Few-shot Image Generation via Cross-domain Correspondence</i>, CVPR
 * 2021, arXiv 2104.06820, section 4.1): generated images are assigned to the nearest training image; within each such
 * cluster the mean distance of all pairs is taken, and then the mean over the clusters that have a pair. 0 if every image is
 * a copy; higher is more diverse.
 *
 * @param mean over the clusters of at least two members
 * @param deviation over the same clusters, with divisor n - 1; not a number for one cluster
 * @param clusters one for each training image, in order
 */
public record IntraCluster(double mean, double deviation, List<Cluster> clusters) {
    /**
     * The images that are nearest to one training image.
     *
     * @param members how many there are
     * @param compared how many of them were compared with each other
     * @param mean their mean distance; not a number if there are fewer than two
     */
    public record Cluster(int members, int compared, double mean) {}

    /**
     * Which members of a large cluster are compared.
     *
     * @param most how many at most, at least 2
     * @param seed of the choice
     */
    public record Choice(int most, int seed) {
        /** At most 50, as published. */
        public static final Choice STANDARD = new Choice(50, 0);

        public Choice {
            if (most < 2) {
                throw new IllegalArgumentException("a pair needs 2 members, not " + most);
            }
        }
    }

    /** Distances of generated images. */
    @FunctionalInterface
    interface Pairs {
        /**
         * Of the images of the given numbers with each other, {@code [m, m]}.
         *
         * @param owner the innermost scope, which frees what is made on the way
         */
        Tensor among(int[] members, Scope owner);
    }

    public IntraCluster {
        clusters = List.copyOf(clusters);
    }

    /**
     * @param shots how many training images there are
     * @throws Failure if no cluster has two members
     */
    static IntraCluster of(NearestShots nearest, int shots, Choice choice, Pairs pairs) {
        LegacyRandom random = new LegacyRandom(choice.seed);
        List<Cluster> clusters = new ArrayList<>();
        for (int shot = 0; shot < shots; shot++) {
            int wanted = shot;
            int[] members = IntStream.range(0, nearest.shot().size())
                    .filter(i -> nearest.shot().get(i) == wanted)
                    .toArray();
            int[] compared = members.length <= choice.most ? members : chosen(members, choice.most, random);
            clusters.add(new Cluster(members.length, compared.length, mean(compared, pairs)));
        }
        double[] means = clusters.stream()
                .mapToDouble(Cluster::mean)
                .filter(m -> !Double.isNaN(m))
                .toArray();
        if (means.length == 0) {
            throw new Failure("the diversity of " + nearest.shot().size() + " images around " + shots
                    + " training images has no pair to compare; generate more images than there are training images");
        }
        double mean = DoubleStream.of(means).average().orElseThrow();
        return new IntraCluster(mean, deviation(means, mean), clusters);
    }

    private static int[] chosen(int[] members, int most, LegacyRandom random) {
        return IntStream.of(random.choice(members.length, most))
                .map(i -> members[i])
                .toArray();
    }

    /** Over the unordered pairs. */
    private static double mean(int[] members, Pairs pairs) {
        int m = members.length;
        if (m < 2) {
            return Double.NaN;
        }
        try (Scope scope = Scope.open()) {
            double above = pairs.among(members, scope).triu(1).sum().item_double();
            return above / (0.5 * m * (m - 1));
        }
    }

    private static double deviation(double[] values, double mean) {
        double squares = 0;
        for (double v : values) {
            squares += (v - mean) * (v - mean);
        }
        return values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1));
    }
}
