package duello.studio.run;

import duello.catalog.Failure;
import duello.io.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The checkpoints of a run: folders {@code step-0002000}, and the small files {@code latest} and {@code best} that name
 * one.
 *
 * @param path the folder that holds them
 */
public record Checkpoints(Path path) {
    /** The name of the last one written. */
    public static final String LATEST = "latest";

    /** The name of the one with the best score. */
    public static final String BEST = "best";

    private static final String STEP = "step-\\d{7,18}";

    /** Where that of an iteration is, or will be. */
    public Path at(long step) {
        return path.resolve(RunFolder.stepName(step));
    }

    /** The names of all, oldest first. */
    public List<String> list() {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(Files::isDirectory)
                    .map(f -> String.valueOf(f.getFileName()))
                    .filter(name -> name.matches(STEP))
                    .sorted((a, b) -> Long.compare(step(a), step(b)))
                    .toList();
        } catch (IOException e) {
            throw new Failure(path + " cannot be read; check its permissions", e);
        }
    }

    private static long step(String name) {
        return Long.parseLong(name.substring("step-".length()));
    }

    /** Lets {@code latest} or {@code best} name the checkpoint of an iteration. */
    public void mark(String mark, long step) {
        AtomicFiles.write(path.resolve(mark), (RunFolder.stepName(step) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** The checkpoint that {@code latest} or {@code best} names, if both are there. */
    public Optional<Path> marked(String mark) {
        Path file = path.resolve(mark);
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > 100) {
                return Optional.empty();
            }
            String name = Files.readString(file).strip();
            return name.matches(STEP) && Files.isDirectory(path.resolve(name))
                    ? Optional.of(path.resolve(name))
                    : Optional.empty();
        } catch (IOException e) {
            throw new Failure(file + " cannot be read; check its permissions", e);
        }
    }

    /**
     * The checkpoint of a name: {@code latest}, {@code best}, {@code step-0002000} or {@code 2000}.
     *
     * @throws Failure if there is none, with those that are there
     */
    public Path named(String name) {
        if (name.equals(LATEST) || name.equals(BEST)) {
            Optional<Path> marked = marked(name);
            if (marked.isPresent()) {
                return marked.get();
            }
            List<String> all = list();
            if (name.equals(LATEST) && !all.isEmpty()) {
                return path.resolve(all.get(all.size() - 1));
            }
        }
        String step = name.matches("\\d{1,18}") ? RunFolder.stepName(Long.parseLong(name)) : name;
        if (step.matches(STEP) && Files.isDirectory(path.resolve(step))) {
            return path.resolve(step);
        }
        throw new Failure("there is no checkpoint '" + name + "' in " + path
                + (list().isEmpty() ? ", which is empty" : "; there are " + String.join(", ", list())));
    }

    /** Removes the oldest ones, keeping {@code latest}, {@code best} and {@code keep} more. */
    public void prune(int keep) {
        List<Path> spared = new ArrayList<>();
        marked(LATEST).ifPresent(spared::add);
        marked(BEST).ifPresent(spared::add);
        List<Path> others =
                list().stream().map(path::resolve).filter(p -> !spared.contains(p)).toList();
        others.subList(0, Math.max(0, others.size() - keep)).forEach(AtomicFiles::delete);
    }
}
