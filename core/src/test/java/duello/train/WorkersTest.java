package duello.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import duello.catalog.Failure;
import duello.dist.Collective;
import duello.dist.Gathering;
import duello.dist.ProcessGroup;
import duello.dist.Seat;
import duello.method.Player;
import duello.method.condition.Contrastive;
import duello.torch.BatchNorm2d;
import duello.torch.Devices;
import duello.torch.Forward;
import duello.torch.Init;
import duello.torch.Layers;
import duello.torch.Ops;
import duello.torch.Scope;
import duello.torch.SeededDraws;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** Two workers do what one does on the images of both. They are threads here; processes do not differ to each other. */
class WorkersTest {
    private static final int WORKERS = 2;
    private static final int BATCH = 8;
    private static final int ITERATIONS = 3;

    /** What one worker computes. */
    private interface Work {
        double[] with(Collective collective);
    }

    private static List<double[]> together(Gathering gathering, Work work) throws Exception {
        int port = freePort();
        ExecutorService threads = Executors.newFixedThreadPool(WORKERS);
        try {
            List<Future<double[]>> results = new ArrayList<>();
            for (int rank = 0; rank < WORKERS; rank++) {
                Seat seat = new Seat(rank, WORKERS, "127.0.0.1", port);
                results.add(threads.submit(() -> {
                    try (Collective c = ProcessGroup.join(seat, Devices.CPU, gathering);
                            Scope scope = Scope.open()) {
                        return work.with(c);
                    }
                }));
            }
            List<double[]> values = new ArrayList<>();
            for (Future<double[]> result : results) {
                values.add(result.get(60, TimeUnit.SECONDS));
            }
            return values;
        } finally {
            threads.shutdownNow();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void weightsAfterTrainingAreThoseOfOneWorkerOnTheWholeBatch() throws Exception {
        double[] one = trained(Collective.LOCAL);
        for (double[] worker : together(Gathering.SOUND, WorkersTest::trained)) {
            assertThat(worker).containsExactly(one, within(2e-6));
        }
    }

    @Test
    void theReferencesGatheringIsAnotherTraining() throws Exception {
        double[] one = trained(Collective.LOCAL);
        double[] worker = together(Gathering.REFERENCE, WorkersTest::trained).get(0);
        double furthest = 0;
        for (int i = 0; i < one.length; i++) {
            furthest = Math.max(furthest, Math.abs(one[i] - worker[i]));
        }
        assertThat(furthest).isGreaterThan(1e-4);
    }

    @Test
    void aGatheredLossPullsAsOnOneWorkerOrAsTheReferenceHasIt() throws Exception {
        Work gradient = c -> {
            Tensor rows = Ops.tensor(new double[] {c.rank() + 1, 5}, 2, 1).requires_grad_(true);
            Tensor all = c.gather(rows);
            assertThat(Ops.toDoubles(all)).containsExactly(1, 5, 2, 5);
            Ops.backward(Ops.square(all).sum());
            return Ops.toDoubles(rows.grad());
        };
        assertThat(together(Gathering.SOUND, gradient))
                .satisfiesExactly(
                        first -> assertThat(first).containsExactly(4, 20),
                        second -> assertThat(second).containsExactly(8, 20));
        assertThat(together(Gathering.REFERENCE, gradient))
                .satisfiesExactly(
                        first -> assertThat(first).containsExactly(2, 10),
                        second -> assertThat(second).containsExactly(4, 10));
    }

    @Test
    void batchNormOverAllWorkersIsThatOfTheirImagesTogether() throws Exception {
        double[] one = normalised(Collective.LOCAL);
        List<double[]> two = together(Gathering.SOUND, WorkersTest::normalised);
        int half = one.length / 2;
        for (int i = 0; i < half; i++) {
            assertThat(two.get(0)[i]).isCloseTo(one[i], within(1e-5));
            assertThat(two.get(1)[i]).isCloseTo(one[half + i], within(1e-5));
        }
    }

    @Test
    void theFirstWorkersWordIsEverybodys() throws Exception {
        assertThat(together(Gathering.SOUND, c -> new double[] {c.lead(c.rank() + 7)}))
                .allSatisfy(said -> assertThat(said).containsExactly(7));
    }

    @Test
    void aSeatThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> Seat.of(Map.of("WORLD_SIZE", "2", "RANK", "2")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("RANK=2");
        assertThatThrownBy(() -> Seat.of(Map.of("WORLD_SIZE", "two")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("WORLD_SIZE=two");
        assertThat(Seat.of(Map.of()).size()).isEqualTo(1);
    }

    /** Per image: its normalised map and the gradient that reaches it. */
    private static double[] normalised(Collective c) {
        SeededDraws draws = new SeededDraws(5, Devices.CPU);
        Tensor all = draws.normal(4, 2, 3, 3);
        Tensor pull = draws.normal(4, 2, 3, 3);
        int own = 4 / c.size();
        Tensor x = Ops.cloneOf(Ops.rows(all, (long) c.rank() * own, (long) (c.rank() + 1) * own));
        x.requires_grad_(true);
        BatchNorm2d norm = new Layers(Init.of(Init.Rule.N02, 1, Devices.CPU), false).batchNorm(2);
        Tensor y = norm.apply(x, Forward.TRAINING.with(c.size() == 1 ? Forward.Sum.LOCAL : c::sum));
        Ops.backward(y.mul(Ops.rows(pull, (long) c.rank() * own, (long) (c.rank() + 1) * own))
                .sum());
        return Ops.toDoubles(Ops.cat(1, y.flatten(1, -1), x.grad().flatten(1, -1)));
    }

    private static double[] trained(Collective c) {
        SeededDraws draws = new SeededDraws(3, Devices.CPU);
        Map<String, Tensor> g = new LinkedHashMap<>();
        g.put("linear.weight", draws.normal(3, 2));
        g.put("linear.bias", draws.normal(3));
        g.put("labels.weight", draws.normal(2, 3));
        Map<String, Tensor> d = new LinkedHashMap<>();
        d.put("linear.weight", draws.normal(4, 3));
        d.put("linear.bias", draws.normal(4));
        d.put("linear1.weight", draws.normal(1, 4));
        d.put("linear1.bias", draws.normal(1));
        d.put("linear2.weight", draws.normal(5, 4));
        d.put("linear2.bias", draws.normal(5));
        d.put("embedding.weight", draws.normal(2, 5));
        ToyRun run = new ToyRun(settings(BATCH / c.size()), new Contrastive(1, 0.5, 5), g, d, c);
        for (int i = 0; i < ITERATIONS; i++) {
            run.iterate(feed(draws, c));
        }
        List<Tensor> weights = new ArrayList<>();
        run.table()
                .generator()
                .module()
                .parameters()
                .values()
                .forEach(p -> weights.add(p.detach().flatten(0, -1)));
        run.table()
                .discriminator()
                .module()
                .parameters()
                .values()
                .forEach(p -> weights.add(p.detach().flatten(0, -1)));
        return Ops.toDoubles(Ops.cat(0, weights.toArray(Tensor[]::new)));
    }

    private static TrainSettings settings(int batch) {
        SgdSettings sgd = new SgdSettings(0.1, 0, false, 0);
        return new TrainSettings(
                10,
                batch,
                1,
                new Turns(1, 1, true),
                sgd,
                sgd,
                null,
                false,
                false,
                Precision.FLOAT32,
                Together.STANDARD,
                "cpu",
                0);
    }

    /** The worker's own part of one batch of both. */
    private static ToyRun.Feed feed(SeededDraws draws, Collective c) {
        Tensor images = draws.normal(BATCH, 3).tanh();
        Tensor labels = draws.ints(2, BATCH);
        Map<Player, Tensor> z = new LinkedHashMap<>();
        Map<Player, Tensor> y = new LinkedHashMap<>();
        for (Player p : Player.values()) {
            z.put(p, own(draws.normal(BATCH, 2), c).unsqueeze(0));
            y.put(p, own(draws.ints(2, BATCH), c).unsqueeze(0));
        }
        return new ToyRun.Feed(own(images, c), own(labels, c), z, y);
    }

    private static Tensor own(Tensor rows, Collective c) {
        long each = rows.size(0) / c.size();
        return Ops.rows(rows, c.rank() * each, (c.rank() + 1) * each);
    }

    /** The collector must leave groups alone: freeing one damages the heap, which shows in whatever allocates next. */
    @Test
    void groupsThatNobodyHoldsAnyMoreDoNoHarm() throws Exception {
        together(Gathering.SOUND, c -> new double[] {c.lead(1)});
        for (int i = 0; i < 10; i++) {
            System.gc();
            assertThat(trained(Collective.LOCAL)).isNotEmpty();
        }
    }
}
