package duello.data;

import duello.catalog.Failure;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * An endless sequence of shuffled batches, read ahead by threads of its own. It hands over bytes and never touches a
 * tensor. Batch {@code k} depends on the seed, {@code k} and the rank only, so a loader that starts at batch
 * {@code k} goes on exactly where another stopped.
 *
 * <p>To be used by one thread.
 */
public final class Loader implements AutoCloseable {
    private static final long CLOSING_SECONDS = 10;

    private final Dataset dataset;
    private final BatchPlan plan;
    private final ExecutorService pool;
    private final Deque<Future<RawBatch>> ahead = new ArrayDeque<>();
    private long nextToRead;

    /**
     * Starts reading.
     *
     * @param firstBatch the number of the batch that {@link #next} gives first; 0 for a new run
     * @throws Failure if the dataset does not fill one batch, or one batch is more than 2 GiB
     * @throws IllegalArgumentException if {@code firstBatch} is negative
     */
    public Loader(Dataset dataset, LoaderSettings settings, long firstBatch) {
        if (firstBatch < 0) {
            throw new IllegalArgumentException("the first batch's number must not be negative: " + firstBatch);
        }
        if ((long) settings.batch() * imageBytes(dataset) > Integer.MAX_VALUE - 8) {
            throw new Failure("batch " + settings.batch() + " of images of " + dataset.resolution()
                    + " pixels is more than 2 GiB; choose a smaller batch");
        }
        this.dataset = dataset;
        this.plan = new BatchPlan(dataset.size(), settings);
        this.nextToRead = firstBatch;
        this.pool = Executors.newFixedThreadPool(settings.threads(), DaemonThreads.named("duello-loader"));
        while (ahead.size() < settings.readAhead()) {
            readOneMore();
        }
    }

    /** How many batches make an epoch; what does not fill a batch is left out. */
    public long batchesPerEpoch() {
        return plan.batchesPerEpoch();
    }

    /**
     * The next batch, waiting for it if it is not ready. What the dataset throws while reading is thrown here, and the
     * loader is then closed.
     *
     * @throws IllegalStateException if the loader is closed, or the thread is interrupted
     */
    public RawBatch next() {
        Future<RawBatch> head = ahead.poll();
        if (head == null) {
            throw new IllegalStateException("the loader is closed");
        }
        try {
            RawBatch batch = head.get();
            readOneMore();
            return batch;
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a batch", e);
        } catch (ExecutionException e) {
            close();
            throw Parallel.unchecked(e);
        }
    }

    /** Ends the threads; batches that were handed over stay good. */
    @Override
    public void close() {
        ahead.clear();
        pool.shutdownNow();
        try {
            if (!pool.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a thread still reads from dataset " + dataset.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void readOneMore() {
        long k = nextToRead++;
        int[] images = plan.images(k);
        ahead.add(pool.submit(() -> read(k, images)));
    }

    private RawBatch read(long k, int[] images) {
        int imageBytes = imageBytes(dataset);
        byte[] bytes = new byte[images.length * imageBytes];
        long[] labels = new long[images.length];
        long[] ids = new long[images.length];
        for (int i = 0; i < images.length; i++) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("the loader is closed");
            }
            dataset.read(images[i], bytes, i * imageBytes);
            if (plan.flipped(k, i)) {
                mirror(bytes, i * imageBytes, dataset.resolution());
            }
            labels[i] = dataset.label(images[i]);
            ids[i] = images[i];
        }
        return new RawBatch(bytes, labels, ids, images.length);
    }

    private static void mirror(byte[] bytes, int offset, int resolution) {
        for (int row = offset; row < offset + 3 * resolution * resolution; row += resolution) {
            for (int left = row, right = row + resolution - 1; left < right; left++, right--) {
                byte b = bytes[left];
                bytes[left] = bytes[right];
                bytes[right] = b;
            }
        }
    }

    private static int imageBytes(Dataset dataset) {
        return 3 * dataset.resolution() * dataset.resolution();
    }
}
