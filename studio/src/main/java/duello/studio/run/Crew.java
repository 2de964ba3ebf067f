package duello.studio.run;

import duello.catalog.Failure;
import duello.catalog.ProgressListener;
import duello.dist.Collective;
import duello.dist.ProcessGroup;
import duello.dist.Seat;
import duello.torch.Devices;
import duello.train.TrainSettings;
import duello.train.Trainer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The further processes of a run on this machine. They are this program started again with the same words, each with a
 * seat of its own in its environment; the first process leads them and takes them down with it.
 */
public final class Crew implements AutoCloseable {
    private static final String HERE = "127.0.0.1";
    private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";

    private final List<Process> others = new ArrayList<>();
    private final List<Path> said = new ArrayList<>();
    private final Seat seat;
    private volatile boolean met;

    private Crew(Seat seat) {
        this.seat = seat;
    }

    /** This process alone, or where the environment seats it. */
    public static Crew seated(Map<String, String> environment) {
        return new Crew(Seat.of(environment));
    }

    /**
     * Starts {@code size - 1} further processes.
     *
     * @param program the main class
     * @param words its arguments
     * @param lost told in one line when one of them ends before it has met the others; later the meeting itself fails
     */
    public static Crew of(int size, String program, List<String> words, Consumer<String> lost) {
        Seat first = new Seat(0, size, HERE, freePort());
        Crew crew = new Crew(first);
        for (int rank = 1; rank < size; rank++) {
            crew.start(new Seat(rank, size, HERE, first.port()), program, words, lost);
        }
        return crew;
    }

    /** This process's place. */
    public Seat seat() {
        return seat;
    }

    /**
     * Meets the others and waits until all are there; the processors are shared out evenly.
     *
     * @throws Failure if they cannot meet
     */
    public Collective meet(TrainSettings train) {
        if (!others.isEmpty()) {
            Devices.threads(Math.max(1, Runtime.getRuntime().availableProcessors() / seat.size()));
        }
        Collective all = ProcessGroup.join(
                seat, Devices.named(train.device()), train.processes().gathering());
        met = true;
        return all;
    }

    /** Trains as the first process wishes, and writes nothing down. */
    public static void follow(Trainer trainer, long steps, Collective all) {
        trainer.begin(ProgressListener.NONE);
        while (trainer.step() < steps && all.lead(0) == 0) {
            trainer.iterate();
        }
    }

    private void start(Seat at, String program, List<String> words, Consumer<String> lost) {
        try {
            Path log = Files.createTempFile("duello-process-" + at.rank() + "-", ".log");
            said.add(log);
            ProcessBuilder builder = new ProcessBuilder(command(program, words));
            builder.environment().putAll(environment(at, System.getenv()));
            builder.redirectErrorStream(true).redirectOutput(log.toFile());
            Process process = builder.start();
            others.add(process);
            process.onExit().thenAccept(p -> {
                if (p.exitValue() != 0 && !met) {
                    lost.accept("process " + at.rank() + " of " + at.size() + " ended: " + lastLine(log));
                }
            });
        } catch (IOException e) {
            throw new Failure("process " + at.rank() + " of " + at.size() + " cannot be started: " + e.getMessage(), e);
        }
    }

    private static List<String> command(String program, List<String> words) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program));
        command.addAll(words);
        return command;
    }

    /** The seat, and of several CUDA devices the one in the seat's place. */
    static Map<String, String> environment(Seat at, Map<String, String> own) {
        Map<String, String> environment = new LinkedHashMap<>(at.environment());
        String[] visible = own.getOrDefault(VISIBLE, "").split(",");
        boolean named = visible.length > at.rank();
        environment.put(
                "OMP_NUM_THREADS",
                String.valueOf(Math.max(1, Runtime.getRuntime().availableProcessors() / at.size())));
        environment.put(VISIBLE, named ? visible[at.rank()].trim() : String.valueOf(at.rank()));
        return environment;
    }

    private static String lastLine(Path log) {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
            return lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
        } catch (IOException e) {
            return "what it said cannot be read";
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new Failure("no port is free for the processes to meet: " + e.getMessage(), e);
        }
    }

    /** Ends the others. */
    @Override
    public void close() {
        met = true;
        others.forEach(Process::destroy);
        for (Path log : said) {
            try {
                Files.deleteIfExists(log);
            } catch (IOException e) {
                log.toFile().deleteOnExit();
            }
        }
    }
}
