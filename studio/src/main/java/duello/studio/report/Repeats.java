package duello.studio.report;

import duello.recipe.yaml.Problems;
import duello.recipe.yaml.Tree;
import duello.recipe.yaml.Tree.Field;
import duello.recipe.yaml.Tree.Fields;
import duello.recipe.yaml.TreeText;
import duello.recipe.yaml.Yaml;
import duello.studio.run.RunFolder;
import duello.train.Checkpoint;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Runs that differ in nothing but their seed; together they are one curve.
 *
 * @param name of the run; of several, the first's and what the others' end with
 */
record Repeats(String name, List<RunData> runs) {
    /** Runs in groups, in the order of each group's first. */
    static List<Repeats> of(List<RunFolder> folders) {
        Map<Identity, List<RunData>> alike = new LinkedHashMap<>();
        for (RunFolder folder : folders) {
            RunData run = RunData.read(folder);
            alike.computeIfAbsent(Identity.of(folder, run), i -> new ArrayList<>())
                    .add(run);
        }
        return alike.values().stream()
                .map(runs -> new Repeats(name(runs), runs))
                .toList();
    }

    /**
     * What a run is a function of, its seed left out.
     *
     * @param recipe without the seed and without the place of the source
     * @param data the images' fingerprint
     * @param source the digests of the networks that it started from
     */
    private record Identity(String recipe, String data, Map<String, String> source) {
        static Identity of(RunFolder folder, RunData run) {
            return new Identity(
                    seedless(run.recipe(), folder.recipe().toString()),
                    run.info().context().data().fingerprint(),
                    Files.isDirectory(folder.source())
                            ? Checkpoint.open(folder.source()).files()
                            : Map.of());
        }

        private static String seedless(String recipe, String where) {
            Tree tree = Yaml.file(where, recipe, new Problems());
            return tree instanceof Fields whole
                    ? TreeText.of(without("train", "seed", without("source", "checkpoint", whole)))
                    : recipe;
        }

        private static Fields without(String section, String key, Fields whole) {
            return whole.value(section) instanceof Fields settings
                    ? whole.with(section, new Field(settings.place(), settings.without(key)))
                    : whole;
        }
    }

    /** {@code dcl-seed1, 2} for {@code dcl-seed1} and {@code dcl-seed2}. */
    private static String name(List<RunData> runs) {
        List<String> names = runs.stream().map(r -> r.info().name()).toList();
        String first = names.get(0);
        int shared = first.length();
        for (String name : names) {
            while (!name.startsWith(first.substring(0, shared))) {
                shared--;
            }
        }
        int rest = first.substring(0, shared).replaceFirst("\\d+$", "").length();
        return first + names.stream().skip(1).map(n -> ", " + n.substring(rest)).collect(Collectors.joining());
    }

    boolean several() {
        return runs.size() > 1;
    }

    /**
     * The mean over the runs, but for those without points, at the iterations at which all have one.
     *
     * @param of a run's points by iteration
     */
    Series curve(Function<RunData, SortedMap<Double, Series.Point>> of) {
        List<SortedMap<Double, Series.Point>> all =
                runs.stream().map(of).filter(points -> !points.isEmpty()).toList();
        if (all.isEmpty()) {
            return new Series(name, List.of());
        }
        TreeSet<Double> common = new TreeSet<>(all.get(0).keySet());
        all.forEach(points -> common.retainAll(points.keySet()));
        return Series.mean(
                name,
                all.stream()
                        .map(points -> common.stream().map(points::get).toList())
                        .toList());
    }
}
