package duello.data;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** Work on every number of {@code 0 .. count - 1}, spread over the machine's cores. */
final class Parallel {
    private static final int BLOCK = 16;

    private Parallel() {}

    /**
     * Returns when every index was handled. Each thread asks {@code worker} for a consumer of its own, which may thus
     * hold buffers. The first exception ends the others' work and is thrown as it is.
     */
    static void forEach(int count, Supplier<IntConsumer> worker) {
        int threads = Math.max(1, Math.min(Runtime.getRuntime().availableProcessors(), (count + BLOCK - 1) / BLOCK));
        AtomicInteger next = new AtomicInteger();
        AtomicBoolean stop = new AtomicBoolean();
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            tasks.add(() -> {
                boolean done = false;
                try {
                    handleBlocks(count, next, stop, worker.get());
                    done = true;
                } finally {
                    stop.compareAndSet(false, !done);
                }
                return done;
            });
        }
        ExecutorService pool = Executors.newFixedThreadPool(threads, DaemonThreads.named("duello-data"));
        try {
            for (Future<Boolean> future : pool.invokeAll(tasks)) {
                future.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while images were being prepared", e);
        } catch (ExecutionException e) {
            throw unchecked(e);
        } finally {
            pool.shutdownNow();
        }
    }

    private static void handleBlocks(int count, AtomicInteger next, AtomicBoolean stop, IntConsumer consumer) {
        while (!stop.get() && !Thread.currentThread().isInterrupted()) {
            int begin = next.getAndAdd(BLOCK);
            if (begin >= count || begin < 0) {
                return;
            }
            for (int i = begin; i < Math.min(count, begin + BLOCK); i++) {
                consumer.accept(i);
            }
        }
    }

    /** What a worker, which throws nothing checked, failed with. */
    static RuntimeException unchecked(ExecutionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
    }
}
