package duello.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import duello.catalog.Failure;
import duello.metric.IntraCluster.Choice;
import duello.metric.IntraCluster.Cluster;
import duello.torch.Devices;
import duello.torch.Ops;
import duello.torch.Scope;
import duello.torch.SeededDraws;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Clusters around the training images, against published numbers and by hand. */
class IntraClusterTest {
    private static final JsonNode GOLDEN = GoldenEval.json("analyses/adaptation.json");

    private static Tensor matrix(JsonNode rows) {
        double[] values = new double[rows.size() * rows.get(0).size()];
        int i = 0;
        for (JsonNode row : rows) {
            for (JsonNode cell : row) {
                values[i++] = cell.doubleValue();
            }
        }
        return Scope.keep(Ops.tensor(values, rows.size(), rows.get(0).size()));
    }

    /** Distances of chosen rows and columns of a matrix of all. */
    private static IntraCluster.Pairs of(Tensor all) {
        return (members, owner) -> {
            long[] places = Arrays.stream(members).asLongStream().toArray();
            Tensor which = Ops.tensor(places, places.length);
            return all.index_select(0, which).index_select(1, which);
        };
    }

    private static void assertClusters(IntraCluster actual, NearestShots nearest, JsonNode golden) {
        for (int c = 0; c < golden.size(); c++) {
            Cluster cluster = actual.clusters().get(c);
            List<Integer> members = new ArrayList<>();
            golden.get(c).get("members").forEach(m -> members.add(m.intValue()));
            int shot = c;
            assertThat(members)
                    .allSatisfy(m -> assertThat(nearest.shot().get(m)).isEqualTo(shot));
            assertThat(cluster.members()).isEqualTo(members.size());
            JsonNode mean = golden.get(c).get("mean");
            if (mean.isNull()) {
                assertThat(cluster.mean()).isNaN();
            } else {
                assertThat(cluster.mean()).isCloseTo(mean.doubleValue(), within(1e-9));
            }
        }
    }

    @Test
    void emptyClustersAreLeftOutOfTheMean() {
        JsonNode golden = GOLDEN.get("intra_cluster_lpips_aggregation");
        NearestShots nearest = NearestShots.of(matrix(golden.at("/inputs/distance_sample_to_center")));
        assertThat(nearest.shot()).containsExactly(0, 1, 0, 1, 0, 1);
        IntraCluster actual =
                IntraCluster.of(nearest, 3, Choice.STANDARD, of(matrix(golden.at("/inputs/pairwise_distance"))));
        assertClusters(actual, nearest, golden.get("clusters"));
        assertThat(actual.mean())
                .isCloseTo(golden.get("result_mean_over_defined_clusters").doubleValue(), within(1e-9));
    }

    @Test
    void clustersOfOneMemberAreLeftOutToo() {
        JsonNode golden = GOLDEN.get("intra_lpips");
        NearestShots nearest = NearestShots.of(GoldenEval.matrix("analyses/intra_lpips_to_centres.npy"));
        IntraCluster actual = IntraCluster.of(
                nearest, 10, Choice.STANDARD, of(GoldenEval.matrix("analyses/intra_lpips_pairwise.npy")));
        assertClusters(actual, nearest, golden.get("per_cluster"));
        assertThat(actual.clusters()).extracting(Cluster::members).contains(0, 1);
        assertThat(actual.mean()).isCloseTo(golden.get("final_mean").doubleValue(), within(1e-9));
        assertThat(actual.deviation())
                .isCloseTo(golden.get("final_std_unbiased").doubleValue(), within(1e-9));
    }

    @Test
    void theFirstOfEquallyNearShotsIsTaken() {
        NearestShots nearest =
                NearestShots.of(Ops.tensor(new double[] {0.5, 0.2, 0.2, 0.7, 0.9, 0.1, 0.4, 0.3, 0.3}, 3, 3));
        assertThat(nearest.shot()).containsExactly(1, 2, 1);
        assertThat(nearest.mean()).isCloseTo(0.2, within(1e-12));
        assertThat(nearest.least()).isEqualTo(0.1);
        assertThat(nearest.closest()).isEqualTo(1);
    }

    @Test
    void aLargeClusterIsComparedByAChoiceOfItsMembersThatTheSeedDecides() {
        int n = 30;
        Tensor points = Scope.keep(new SeededDraws(2, Devices.CPU).normal(n, 3));
        Tensor all = Scope.keep(PerceptualPairs.of(points, points));
        NearestShots nearest = new NearestShots(Collections.nCopies(n, 0), Collections.nCopies(n, 0.0));
        List<int[]> chosen = new ArrayList<>();
        IntraCluster.Pairs recording = (members, owner) -> {
            chosen.add(members);
            return of(all).among(members, owner);
        };
        IntraCluster some = IntraCluster.of(nearest, 1, new Choice(8, 5), recording);
        IntraCluster again = IntraCluster.of(nearest, 1, new Choice(8, 5), recording);
        IntraCluster other = IntraCluster.of(nearest, 1, new Choice(8, 6), recording);
        assertThat(some.clusters().get(0)).isEqualTo(new Cluster(n, 8, some.mean()));
        assertThat(some.mean()).isEqualTo(again.mean()).isNotEqualTo(other.mean());
        assertThat(chosen.get(0)).doesNotHaveDuplicates().hasSize(8).isEqualTo(chosen.get(1));
        double sum = 0;
        for (int i = 0; i < 8; i++) {
            for (int j = i + 1; j < 8; j++) {
                sum += all.select(0, chosen.get(0)[i])
                        .select(0, chosen.get(0)[j])
                        .item_double();
            }
        }
        assertThat(some.mean()).isCloseTo(sum / 28, within(1e-9));
        assertThat(some.deviation()).as("of one cluster").isNaN();
    }

    @Test
    void imagesThatAreAllAloneHaveNoDiversity() {
        NearestShots alone = new NearestShots(List.of(0, 1), List.of(1.0, 1.0));
        assertThatThrownBy(() -> IntraCluster.of(alone, 2, Choice.STANDARD, of(Ops.zeros(Devices.CPU, 2, 2))))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("generate more images");
    }

    @Test
    void theProbabilityOfTheTargetIsThePublishedOne() {
        JsonNode golden = GOLDEN.get("realism_probability_p_t");
        JsonNode logits = golden.at("/inputs/classifier_logits_target_class");
        double[] two = new double[2 * logits.size()];
        for (int i = 0; i < logits.size(); i++) {
            two[2 * i + Domains.TARGET] = logits.get(i).doubleValue();
        }
        assertThat(Realism.probability(Ops.tensor(two, logits.size(), 2)))
                .isCloseTo(golden.get("p_t").doubleValue(), within(1e-9));
    }
}
