package duello.dist;

import duello.catalog.Failure;
import java.util.Map;

/**
 * One process's place among those of a run. The variables are those of torchrun: {@code RANK}, {@code WORLD_SIZE}, {@code
 * MASTER_ADDR}, {@code MASTER_PORT}.
 *
 * @param rank this process
 * @param size how many
 * @param host where process 0 listens
 * @param port on which port
 */
public record Seat(int rank, int size, String host, int port) {
    /** @throws Failure if the rank is none of {@code 0 .. size - 1} or the port none at all */
    public Seat {
        if (size < 1 || rank < 0 || rank >= size) {
            throw new Failure("RANK=" + rank + " with WORLD_SIZE=" + size + ": ranks go from 0 to WORLD_SIZE - 1");
        }
        if (port < 1 || port > 65535) {
            throw new Failure("MASTER_PORT=" + port + " is no port; give one from 1 to 65535");
        }
    }

    /** The seat that the environment names; alone without. */
    public static Seat of(Map<String, String> environment) {
        if (!environment.containsKey("WORLD_SIZE")) {
            return new Seat(0, 1, "127.0.0.1", 29500);
        }
        return new Seat(
                number(environment, "RANK", "0"),
                number(environment, "WORLD_SIZE", "1"),
                environment.getOrDefault("MASTER_ADDR", "127.0.0.1"),
                number(environment, "MASTER_PORT", "29500"));
    }

    private static int number(Map<String, String> environment, String name, String otherwise) {
        String text = environment.getOrDefault(name, otherwise);
        try {
            return Integer.parseInt(text.trim());
        } catch (NumberFormatException e) {
            throw new Failure(name + "=" + text + " is not a whole number", e);
        }
    }

    /** The variables that {@link #of} reads. */
    public Map<String, String> environment() {
        return Map.of(
                "RANK", String.valueOf(rank),
                "WORLD_SIZE", String.valueOf(size),
                "MASTER_ADDR", host,
                "MASTER_PORT", String.valueOf(port));
    }
}
