package duello.bench;

import duello.catalog.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A child process that trains a block of iterations when told to; its errors go to this process's error output. */
final class Contestant implements AutoCloseable {
    private static final long LEAVING_SECONDS = 20;

    private final String name;
    private final Process process;
    private final PrintWriter orders;
    private final BufferedReader answers;
    private final String parameters;

    /**
     * Starts {@code command} and waits until it is ready.
     *
     * @param environment set on top of this process's own; an empty value unsets
     * @throws Failure if it does not start or ends before it is ready
     */
    Contestant(String name, List<String> command, Map<String, String> environment) {
        this.name = name;
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        environment.forEach((key, value) -> {
            builder.environment().remove(key);
            if (!value.isEmpty()) {
                builder.environment().put(key, value);
            }
        });
        try {
            this.process = builder.start();
        } catch (IOException e) {
            throw new Failure("cannot start " + name + " as '" + command.get(0) + "': " + e.getMessage(), e);
        }
        this.orders = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.parameters = answer("ready ");
    }

    String name() {
        return name;
    }

    /** The parameter counts of generator and discriminator, separated by a blank. */
    String parameters() {
        return parameters;
    }

    /** Trains {@code iterations} and tells the milliseconds that one took. */
    double go(int iterations) {
        orders.println("go " + iterations);
        return Double.parseDouble(answer(""));
    }

    /** Lets it leave; the most memory that it ever had resident, in KiB. */
    long end() {
        orders.println("end");
        return Long.parseLong(answer("peak "));
    }

    private String answer(String prefix) {
        try {
            String line = answers.readLine();
            if (line != null && line.startsWith(prefix)) {
                return line.substring(prefix.length()).trim();
            }
            throw new Failure(line == null ? name + " ended early; its own message is above" : name + " said: " + line);
        } catch (IOException e) {
            throw new Failure("lost " + name + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        orders.close();
        try {
            if (!process.waitFor(LEAVING_SECONDS, TimeUnit.SECONDS)) {
                process.destroy();
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }
}
