package duello.studio.command;

import duello.catalog.Failure;
import duello.studio.Main;
import duello.studio.console.Surroundings;
import duello.studio.run.Crew;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option by which a command trains in several processes. */
final class Processes {
    private static final String NAME = "--processes";
    private static final int MOST = 64;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = NAME,
            paramLabel = "N",
            defaultValue = "1",
            description = {
                "Processes on this machine that train as one, each on train.batch images: one a CUDA device",
                "(default: ${DEFAULT-VALUE}). Over several machines start each with RANK, WORLD_SIZE, MASTER_ADDR",
                "and MASTER_PORT set, as torchrun does."
            })
    private int count = 1;

    /** Starts the others, or takes the seat that the environment names. */
    Crew crew(Surroundings surroundings) {
        if (count < 1 || count > MOST) {
            throw new Failure(NAME + " is " + count + "; give 1 to " + MOST);
        }
        if (count > 1 && surroundings.given("WORLD_SIZE")) {
            throw new Failure(NAME + " and WORLD_SIZE are both given; leave one out");
        }
        return count == 1
                ? Crew.seated(surroundings.environment())
                : Crew.of(count, Main.class.getName(), words(), line -> {
                    surroundings.err().println("duello: " + line);
                    Runtime.getRuntime().halt(1);
                });
    }

    /** The words this program was called with, but for this option. */
    private List<String> words() {
        List<String> words = new ArrayList<>();
        List<String> all = spec.root().commandLine().getParseResult().originalArgs();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).equals(NAME)) {
                i++;
            } else if (!all.get(i).startsWith(NAME + "=")) {
                words.add(all.get(i));
            }
        }
        return words;
    }
}
