package duello.bench;

import duello.catalog.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Memory of this process as Linux counts it, in KiB. */
final class ProcessMemory {
    private static final Path STATUS = Path.of("/proc/self/status");

    private ProcessMemory() {}

    /** Resident now. */
    static long resident() {
        return field("VmRSS");
    }

    /** The most that was ever resident. */
    static long peak() {
        return field("VmHWM");
    }

    private static long field(String name) {
        try {
            return field(Files.readAllLines(STATUS), name);
        } catch (IOException e) {
            throw new Failure("cannot read " + STATUS + "; memory is measured on Linux only", e);
        }
    }

    /** The number of a line such as {@code VmRSS:   1234 kB}. */
    static long field(List<String> lines, String name) {
        for (String line : lines) {
            if (line.startsWith(name + ":")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new Failure(STATUS + " has no line '" + name + "'");
    }
}
