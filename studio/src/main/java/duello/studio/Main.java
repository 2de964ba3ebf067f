package duello.studio;

import duello.studio.command.Cli;
import duello.studio.console.Interruption;
import duello.studio.console.Surroundings;
import java.util.concurrent.CountDownLatch;

/** Where the process starts. */
public final class Main {
    private Main() {}

    /**
     * Runs a command and exits with its code. A first Ctrl-C lets the command come to a good end, such as writing a
     * checkpoint; the process then ends with 130, as the shell expects of an interrupted one.
     */
    public static void main(String[] arguments) {
        System.setProperty("java.awt.headless", "true");
        Interruption interruption = new Interruption();
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(
                () -> {
                    interruption.wish();
                    await(ended);
                },
                "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
        int code = 1;
        try {
            code = Cli.run(Surroundings.ofProcess(interruption), arguments);
        } finally {
            ended.countDown();
        }
        System.exit(code);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
