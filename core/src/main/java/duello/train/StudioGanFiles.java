package duello.train;

import duello.catalog.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of one checkpoint of PyTorch-StudioGAN, {@code model=G-best-weights-step=2000.pth} and so on.
 *
 * @param discriminator null if it is not there; the generator alone can draw, but not train on
 * @param average the generator's moving average, null if there is none
 */
public record StudioGanFiles(
        Path generator,
        @Nullable Path discriminator,
        @Nullable Path average) {
    private static final Pattern NAME =
            Pattern.compile("model=(G|D|G_ema)-(best|current)-weights-step=(\\d{1,12})\\.pth");

    private enum Role {
        G,
        D,
        G_EMA;

        static Role named(String name) {
            return valueOf(name.toUpperCase(java.util.Locale.ROOT));
        }
    }

    /**
     * Finds the files in a folder.
     *
     * @param which {@code best} or {@code current}; null for the best, or the current where there is no best
     * @throws Failure if there is no generator's file, two files of one network, or files of different iterations
     */
    public static StudioGanFiles in(Path folder, @Nullable String which) {
        Map<String, List<Path>> byWhen = Map.of("best", new ArrayList<>(), "current", new ArrayList<>());
        for (Path file : files(folder)) {
            Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
            if (name.matches()) {
                byWhen.getOrDefault(name.group(2), new ArrayList<>()).add(file);
            }
        }
        List<Path> best = byWhen.getOrDefault("best", List.of());
        String when = which != null ? which : best.isEmpty() ? "current" : "best";
        List<Path> chosen = byWhen.getOrDefault(when, List.of());
        if (chosen.stream().noneMatch(f -> role(f) == Role.G)) {
            throw new Failure(folder + " holds no file model=G-" + when + "-weights-step=....pth"
                    + (which == null ? "" : "; leave out --which to take what is there")
                    + "; name the files one by one if they are called otherwise");
        }
        return of(chosen);
    }

    /**
     * The files that a user names: told apart by their names, or, where these are others, by their order: generator,
     * discriminator, average.
     *
     * @throws Failure if there are none, too many, two of one network, or some of different iterations
     */
    public static StudioGanFiles of(List<Path> files) {
        Map<Role, Path> byRole = new EnumMap<>(Role.class);
        for (int i = 0; i < files.size(); i++) {
            Path file = files.get(i);
            Role named = role(file);
            Role role = named != null ? named : Role.values()[Math.min(i, 2)];
            Path before = byRole.putIfAbsent(role, file);
            if (before != null) {
                throw new Failure("both " + before + " and " + file
                        + " would be the same network; name the files in the order G.pth D.pth G_ema.pth");
            }
        }
        Path generator = byRole.get(Role.G);
        if (generator == null) {
            throw new Failure("there is no generator's file among those named; give G.pth first");
        }
        List<Long> steps = files.stream()
                .map(StudioGanFiles::step)
                .filter(OptionalLong::isPresent)
                .map(OptionalLong::getAsLong)
                .distinct()
                .toList();
        if (steps.size() > 1) {
            throw new Failure("the files are of different iterations, " + steps.get(0) + " and " + steps.get(1)
                    + "; name those of one iteration one by one");
        }
        return new StudioGanFiles(generator, byRole.get(Role.D), byRole.get(Role.G_EMA));
    }

    /** The iteration that the generator's name tells, if it does. */
    OptionalLong step() {
        return step(generator);
    }

    private static OptionalLong step(Path file) {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        return name.matches() ? OptionalLong.of(Long.parseLong(name.group(3))) : OptionalLong.empty();
    }

    private static @Nullable Role role(Path file) {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        return name.matches() ? Role.named(name.group(1)) : null;
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new Failure(folder + " cannot be read; check that it is a folder and its permissions", e);
        }
    }
}
