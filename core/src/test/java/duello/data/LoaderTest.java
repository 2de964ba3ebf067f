package duello.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duello.catalog.Failure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LoaderTest {
    private static final int SIDE = 4;
    private static final int IMAGE = 3 * SIDE * SIDE;

    @Test
    void startingAtABatchEqualsSkippingTheOnesBeforeAcrossEpochs() {
        List<RawBatch> all = take(numbered(25), single(4, true), 0, 20);
        List<RawBatch> late = take(numbered(25), single(4, true), 13, 7);
        for (int i = 0; i < late.size(); i++) {
            assertSame(late.get(i), all.get(13 + i));
        }
    }

    @Test
    void theNumberOfThreadsAndBatchesAheadChangeNothing() {
        List<RawBatch> one = take(numbered(25), new LoaderSettings(4, 7, true, 0, 1, 1, 1), 0, 15);
        List<RawBatch> many = take(numbered(25), new LoaderSettings(4, 7, true, 0, 1, 4, 9), 0, 15);
        for (int i = 0; i < one.size(); i++) {
            assertSame(one.get(i), many.get(i));
        }
    }

    @Test
    void anEpochHoldsEveryImageOnceAndTheNextOneInAnotherOrder() {
        List<RawBatch> two = take(numbered(24), single(4, false), 0, 12);
        List<Long> first = ids(two.subList(0, 6));
        List<Long> second = ids(two.subList(6, 12));
        assertThat(first).doesNotHaveDuplicates().hasSize(24);
        assertThat(second).containsExactlyInAnyOrderElementsOf(first).isNotEqualTo(first);
        assertThat(first).isNotEqualTo(first.stream().sorted().toList());
    }

    @Test
    void whatDoesNotFillABatchIsDroppedAndOthersEachEpoch() {
        try (Loader loader = new Loader(numbered(26), single(4, false), 0)) {
            assertThat(loader.batchesPerEpoch()).isEqualTo(6);
        }
        List<RawBatch> batches = take(numbered(26), single(4, false), 0, 60);
        Set<Long> seen = new HashSet<>(ids(batches));
        assertThat(ids(batches.subList(0, 6))).doesNotHaveDuplicates();
        assertThat(seen).as("over ten epochs").hasSize(26);
    }

    @Test
    void labelsAndPixelsBelongToTheImagesNumber() {
        for (RawBatch batch : take(numbered(25), single(4, false), 0, 12)) {
            for (int i = 0; i < batch.count(); i++) {
                long id = batch.ids()[i];
                assertThat(batch.labels()[i]).isEqualTo(id % 5);
                assertThat(batch.images()[i * IMAGE]).isEqualTo((byte) id);
                assertThat(batch.images()[i * IMAGE + 1]).isEqualTo((byte) (id + 1));
            }
        }
    }

    @Test
    void ranksTogetherSeeWhatOneProcessSees() {
        List<RawBatch> whole = take(numbered(25), new LoaderSettings(6, 7, true, 0, 1, 2, 2), 0, 9);
        List<List<RawBatch>> parts = new ArrayList<>();
        for (int rank = 0; rank < 3; rank++) {
            parts.add(take(numbered(25), new LoaderSettings(2, 7, true, rank, 3, 2, 2), 0, 9));
        }
        for (int k = 0; k < 9; k++) {
            List<RawBatch> slices = List.of(
                    parts.get(0).get(k), parts.get(1).get(k), parts.get(2).get(k));
            assertThat(ids(slices)).isEqualTo(ids(List.of(whole.get(k)))).doesNotHaveDuplicates();
            for (int rank = 0; rank < 3; rank++) {
                byte[] expected = Arrays.copyOfRange(whole.get(k).images(), rank * 2 * IMAGE, (rank + 1) * 2 * IMAGE);
                assertThat(slices.get(rank).images()).isEqualTo(expected);
            }
        }
    }

    @Test
    void flippingMirrorsAboutHalfOfTheImagesLeftToRightAndNothingElse() {
        List<RawBatch> plain = take(numbered(100), single(10, false), 0, 100);
        List<RawBatch> flipped = take(numbered(100), single(10, true), 0, 100);
        int mirrored = 0;
        for (int k = 0; k < plain.size(); k++) {
            for (int i = 0; i < 10; i++) {
                byte[] before = image(plain.get(k), i);
                byte[] after = image(flipped.get(k), i);
                if (!Arrays.equals(before, after)) {
                    mirrored++;
                    assertThat(after).isEqualTo(mirror(before));
                }
            }
        }
        assertThat(mirrored).isBetween(440, 560);
    }

    @Test
    void anImageIsNotFlippedAlikeInEveryEpoch() {
        Set<Byte> corners = new HashSet<>();
        for (RawBatch batch : take(numbered(10), single(10, true), 0, 30)) {
            for (int i = 0; i < 10; i++) {
                if (batch.ids()[i] == 3) {
                    corners.add(batch.images()[i * IMAGE]);
                }
            }
        }
        assertThat(corners).containsExactlyInAnyOrder((byte) 3, (byte) (3 + SIDE - 1));
    }

    @Test
    void batchesHandedOverAreNeverWrittenAgain() {
        List<RawBatch> kept = take(numbered(25), single(4, true), 0, 30);
        Set<Integer> arrays = new HashSet<>();
        kept.forEach(b -> arrays.add(System.identityHashCode(b.images())));
        assertThat(arrays).hasSizeGreaterThan(28);
    }

    @Test
    void whatTheDatasetThrowsReachesTheCallerAndEndsTheLoader() throws InterruptedException {
        Failure broken = new Failure("image 17 is broken; delete it");
        Dataset data = new Numbered(25, i -> {
            if (i == 17) {
                throw broken;
            }
        });
        Set<Thread> before = loaderThreads();
        Loader loader = new Loader(data, single(4, false), 0);
        assertThatThrownBy(() -> {
                    for (int k = 0; k < 13; k++) {
                        loader.next();
                    }
                })
                .isSameAs(broken);
        assertNoThreadIsLeft(before);
        assertThatThrownBy(loader::next).hasMessage("the loader is closed");
    }

    @Test
    void noMoreBatchesAreReadAheadThanAllowed() throws InterruptedException {
        AtomicInteger reads = new AtomicInteger();
        CountDownLatch filled = new CountDownLatch(3 * 4);
        Dataset data = new Numbered(40, i -> {
            reads.incrementAndGet();
            filled.countDown();
        });
        Loader loader = new Loader(data, new LoaderSettings(4, 7, false, 0, 1, 2, 3), 0);
        filled.await();
        loader.close();
        assertThat(reads.get()).isEqualTo(3 * 4);
    }

    @Test
    void closingLeavesNoThreadEvenInTheMiddleOfABatch() throws InterruptedException {
        Set<Thread> before = loaderThreads();
        CountDownLatch reading = new CountDownLatch(1);
        Dataset data = new Numbered(1000, i -> {
            reading.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Loader loader = new Loader(data, single(500, false), 0);
        reading.await();
        assertThat(loaderThreads()).hasSizeGreaterThan(before.size());
        loader.close();
        assertNoThreadIsLeft(before);
        loader.close();
    }

    @Test
    void batchesThatCannotBeFilledAreRefusedInOneLine() {
        assertThatThrownBy(() -> new Loader(numbered(40), single(64, false), 0))
                .isInstanceOf(Failure.class)
                .hasMessage("batch 64 is larger than the dataset's 40 images; choose a batch of at most 40");
        assertThatThrownBy(() -> new Loader(numbered(40), new LoaderSettings(16, 0, false, 1, 3, 1, 1), 0))
                .isInstanceOf(Failure.class)
                .hasMessage("batch 16 times 3 processes is larger than the dataset's 40 images;"
                        + " choose a batch of at most 13");
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThatThrownBy(() -> single(0, false)).hasMessage("batch must be at least 1, not 0");
        assertThatThrownBy(() -> new LoaderSettings(4, 0, false, 2, 2, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rank 2 is not between 0 and 1");
        assertThatThrownBy(() -> new Loader(numbered(9), single(4, false), -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void withReplacementAHandfulOfImagesFillsEveryBatch() {
        for (int images : new int[] {1, 3}) {
            LoaderSettings settings = new LoaderSettings(4, 7, true, 0, 1, 2, 3, true);
            List<RawBatch> batches = take(numbered(images), settings, 0, 200);
            int[] counts = new int[images];
            for (RawBatch b : batches) {
                assertThat(b.count()).isEqualTo(4);
                assertThat(b.ids()).hasSize(4);
                for (long id : b.ids()) {
                    counts[(int) id]++;
                }
            }
            assertThat(Arrays.stream(counts)).allMatch(n -> Math.abs(n - 800 / images) < 100 / images);
        }
    }

    @Test
    void withReplacementALoaderGoesOnWhereAnotherStoppedAndProcessesShareBatches() {
        LoaderSettings settings = new LoaderSettings(4, 7, true, 0, 1, 2, 3, true);
        List<RawBatch> whole = take(numbered(3), settings, 0, 6);
        List<RawBatch> later = take(numbered(3), settings, 4, 2);
        assertThat(later.get(1).images()).isEqualTo(whole.get(5).images());
        List<RawBatch> second = take(numbered(3), new LoaderSettings(2, 7, true, 1, 2, 1, 1, true), 0, 6);
        assertThat(second.get(5).ids())
                .containsExactly(whole.get(5).ids()[2], whole.get(5).ids()[3]);
    }

    private static LoaderSettings single(int batch, boolean flip) {
        return LoaderSettings.single(batch, 7, flip);
    }

    private static Dataset numbered(int size) {
        return new Numbered(size, i -> {});
    }

    private static List<RawBatch> take(Dataset data, LoaderSettings settings, long first, int count) {
        List<RawBatch> batches = new ArrayList<>();
        try (Loader loader = new Loader(data, settings, first)) {
            for (int k = 0; k < count; k++) {
                batches.add(loader.next());
            }
        }
        return batches;
    }

    private static List<Long> ids(List<RawBatch> batches) {
        List<Long> ids = new ArrayList<>();
        for (RawBatch batch : batches) {
            for (long id : batch.ids()) {
                ids.add(id);
            }
        }
        return ids;
    }

    private static byte[] image(RawBatch batch, int i) {
        return Arrays.copyOfRange(batch.images(), i * IMAGE, (i + 1) * IMAGE);
    }

    private static byte[] mirror(byte[] image) {
        byte[] mirrored = new byte[IMAGE];
        for (int i = 0; i < IMAGE; i++) {
            mirrored[i / SIDE * SIDE + SIDE - 1 - i % SIDE] = image[i];
        }
        return mirrored;
    }

    private static void assertSame(RawBatch actual, RawBatch expected) {
        assertThat(actual.ids()).isEqualTo(expected.ids());
        assertThat(actual.labels()).isEqualTo(expected.labels());
        assertThat(actual.images()).isEqualTo(expected.images());
    }

    /** Waits for threads that have been told to end; one that does not runs into the class's time limit. */
    private static void assertNoThreadIsLeft(Set<Thread> before) throws InterruptedException {
        Set<Thread> started = loaderThreads();
        started.removeAll(before);
        for (Thread thread : started) {
            thread.join();
            assertThat(thread.isAlive()).isFalse();
        }
    }

    private static Set<Thread> loaderThreads() {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeIf(t -> !t.getName().startsWith("duello-loader"));
        return threads;
    }

    /** Image {@code i} counts up from {@code i}, so that its number and its direction can be read from it. */
    private record Numbered(int size, IntConsumer onRead) implements Dataset {
        @Override
        public String name() {
            return "numbered";
        }

        @Override
        public int resolution() {
            return SIDE;
        }

        @Override
        public List<String> classes() {
            return List.of("0", "1", "2", "3", "4");
        }

        @Override
        public int label(int index) {
            return index % 5;
        }

        @Override
        public void read(int index, byte[] into, int offset) {
            onRead.accept(index);
            for (int p = 0; p < IMAGE; p++) {
                into[offset + p] = (byte) (index + p);
            }
        }

        @Override
        public String fingerprint() {
            return "numbered" + size;
        }
    }
}
