package duello.bench;

import duello.train.Trainer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.bytedeco.pytorch.global.torch;

/**
 * Duello's side of {@link StepRace}, a process of its own. It says {@code ready <G> <D>}, the parameter counts; for each
 * line {@code go <n>} it trains n iterations and answers with the milliseconds one took; at {@code end} or the end of
 * input it says {@code peak <KiB>} and leaves.
 */
public final class StepContestant {
    private StepContestant() {}

    /** Options: {@code --gan --threads} and the GAN's sizes. */
    public static void main(String[] args) throws IOException {
        Gans.Chosen chosen = Gans.chosen(args, Set.of("threads"));
        torch.set_num_threads(chosen.options().number("threads", 2, 1));
        try (Trainer trainer = chosen.gan().trainer()) {
            serve(trainer, System.out);
        }
    }

    private static void serve(Trainer trainer, PrintStream out) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        say(
                out,
                "ready " + trainer.table().generator().module().parameterCount() + " "
                        + trainer.table().discriminator().module().parameterCount());
        for (String line = in.readLine(); line != null && line.startsWith("go "); line = in.readLine()) {
            int iterations = Integer.parseInt(line.substring(3).trim());
            long start = System.nanoTime();
            for (int i = 0; i < iterations; i++) {
                trainer.iterate();
            }
            say(out, String.format(Locale.ROOT, "%.4f", (System.nanoTime() - start) / 1e6 / iterations));
        }
        say(out, "peak " + ProcessMemory.peak());
    }

    private static void say(PrintStream out, String line) {
        out.println(line);
        out.flush();
    }
}
