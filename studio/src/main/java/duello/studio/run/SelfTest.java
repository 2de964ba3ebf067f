package duello.studio.run;

import duello.studio.run.Checkup.Finding;
import duello.studio.run.Checkup.Verdict;
import duello.torch.Scope;
import java.util.Locale;
import java.util.function.Consumer;
import org.bytedeco.javacpp.Pointer;

/** Trains a tiny network on a few drawn images: finite losses, and as much native memory after as before. */
final class SelfTest {
    private static final int WARM = 4;
    private static final int MEASURED = 8;

    private SelfTest() {}

    static void run(Consumer<Finding> findings) {
        try (TinyTraining training = new TinyTraining()) {
            for (int i = 0; i < WARM; i++) {
                training.iterate();
            }
            long before = Scope.livePointers();
            long start = System.nanoTime();
            for (int i = 0; i < MEASURED; i++) {
                training.iterate();
            }
            double milliseconds = (System.nanoTime() - start) / 1e6 / MEASURED;
            // Fewer where garbage of before was collected meanwhile.
            long grown = Math.max(0, Scope.livePointers() - before);
            boolean finite = training.finite();
            findings.accept(new Finding(
                    finite && grown == 0 ? Verdict.GOOD : Verdict.WRONG,
                    "self-test",
                    String.format(
                            Locale.ROOT,
                            "%d iterations of a tiny GAN: %s, %.0f ms each, %d native objects more, %d MiB resident",
                            WARM + MEASURED,
                            finite ? "losses finite" : "LOSSES NOT FINITE",
                            milliseconds,
                            grown,
                            Pointer.physicalBytes() >> 20)));
        } catch (RuntimeException | LinkageError e) {
            findings.accept(new Finding(
                    Verdict.WRONG,
                    "self-test",
                    String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
        }
    }
}
