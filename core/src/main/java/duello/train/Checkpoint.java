package duello.train;

import duello.catalog.Failure;
import duello.data.AbsentDataset;
import duello.io.AtomicFiles;
import duello.io.Checksums;
import duello.io.Json;
import duello.method.Player;
import duello.model.Backbone;
import duello.model.Generator;
import duello.model.ImageDomain;
import duello.model.Weights;
import duello.torch.Module;
import duello.torch.Scope;
import duello.torch.States;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;

/**
 * A folder with everything that going on, or generating, needs: weights, optimisers and methods' state as safetensors,
 * {@code state.json} with counters, classes and the digest of every other file.
 */
public final class Checkpoint {
    private static final int FORMAT = 1;
    private static final String STATE = "state.json";
    private static final String DISCRIMINATOR = "discriminator";

    /**
     * What {@code state.json} says.
     *
     * @param format of the folder
     * @param step iterations done
     * @param batches drawn from the loader
     * @param resolution of the images, px
     * @param classes names in the order of labels
     * @param dataset fingerprint of the training images
     * @param files SHA-256 of every other file by name
     */
    public record State(
            int format,
            long step,
            long batches,
            int resolution,
            List<String> classes,
            String dataset,
            Map<String, String> files) {
        /** Whether training can go on from it, not only drawing and scoring. */
        public boolean trainable() {
            return files.containsKey(DISCRIMINATOR + ".safetensors");
        }

        /** Whether it has the file of a network, such as {@code average}. */
        boolean holds(String network) {
            return files.containsKey(network + ".safetensors");
        }

        /** Whether it is not known what images it was trained with. */
        public boolean ofUnknownImages() {
            return dataset.equals(AbsentDataset.UNKNOWN);
        }

        /** The generator that draws: the average, or the generator itself where there is none. */
        String best() {
            return files.containsKey("average.safetensors") ? "average" : "generator";
        }

        ImageDomain domain() {
            return new ImageDomain(resolution, classes.size());
        }
    }

    private Checkpoint() {}

    static void save(Path directory, Trainer trainer, Map<String, byte[]> extras) {
        save(directory, trainer, extras, Set.of());
    }

    /** As {@link #save}, without what only training needs: such a checkpoint draws and is scored, no more. */
    static void saveGenerator(Path directory, Trainer trainer, Map<String, byte[]> extras) {
        save(directory, trainer, extras, Set.of(DISCRIMINATOR, "optimizers", "methods"));
    }

    private static void save(Path directory, Trainer trainer, Map<String, byte[]> extras, Set<String> without) {
        AtomicFiles.writeDirectory(directory, partial -> {
            try (Scope scope = Scope.open()) {
                Map<String, Map<String, Tensor>> parts = parts(trainer);
                parts.keySet().removeAll(without);
                for (Map.Entry<String, Map<String, Tensor>> part : parts.entrySet()) {
                    Weights.write(partial.resolve(part.getKey() + ".safetensors"), part.getValue(), Map.of());
                }
            }
            for (Map.Entry<String, byte[]> extra : extras.entrySet()) {
                Files.write(partial.resolve(extra.getKey()), extra.getValue());
            }
            Json.write(partial.resolve(STATE), state(partial, trainer));
        });
    }

    /**
     * Copies a checkpoint's networks, without what only going on with their training needs, whole or not at all.
     *
     * @throws Failure if it is damaged, or there is a folder at {@code to}
     */
    public static void copyNetworks(Path from, Path to) {
        State state = open(from);
        Map<String, String> kept = new LinkedHashMap<>(state.files);
        kept.keySet().removeAll(Set.of("optimizers.safetensors", "methods.safetensors"));
        AtomicFiles.writeDirectory(to, partial -> {
            for (String name : kept.keySet()) {
                Files.copy(from.resolve(name), partial.resolve(name));
            }
            Json.write(
                    partial.resolve(STATE),
                    new State(FORMAT, state.step, state.batches, state.resolution, state.classes, state.dataset, kept));
        });
    }

    private static State state(Path partial, Trainer trainer) throws IOException {
        Map<String, String> digests = new LinkedHashMap<>();
        try (var files = Files.list(partial)) {
            files.sorted().forEach(f -> digests.put(f.getFileName().toString(), Checksums.sha256(f)));
        }
        var data = trainer.setup().images();
        return new State(
                FORMAT,
                trainer.step(),
                trainer.feed().drawn(),
                data.resolution(),
                data.classes(),
                data.fingerprint(),
                digests);
    }

    /** The living tensors by file and name; those of loading are the same, so nothing can be forgotten in one of them. */
    private static Map<String, Map<String, Tensor>> parts(Trainer trainer) {
        Map<String, Map<String, Tensor>> parts = new LinkedHashMap<>();
        modules(trainer).forEach((name, module) -> parts.put(name, module.state()));
        Map<String, Tensor> optimizers = new LinkedHashMap<>();
        for (Player player : Player.values()) {
            optimizers.putAll(States.prefixed(
                    player.key(), trainer.turn(player).optimizer().state()));
        }
        parts.put("optimizers", optimizers);
        Map<String, Tensor> methods = trainer.roles().state();
        if (!methods.isEmpty()) {
            parts.put("methods", methods);
        }
        return parts;
    }

    private static Map<String, Module> modules(Trainer trainer) {
        Map<String, Module> modules = new LinkedHashMap<>();
        modules.put("generator", trainer.table().generator().module());
        if (trainer.table().average() != trainer.table().generator()) {
            modules.put("average", trainer.table().average().module());
        }
        modules.put(DISCRIMINATOR, trainer.table().discriminator().module());
        return modules;
    }

    static void load(Path directory, Trainer trainer) {
        State state = open(directory);
        if (!state.trainable()) {
            throw new Failure(directory + " holds the generator alone, which draws and is scored but cannot be trained"
                    + " on; import it once more with its discriminator, or begin with a new one:"
                    + " duello adapt RUN --images DIR source.discriminator=fresh");
        }
        if (!fits(state, trainer.setup().domain())) {
            throw new Failure(directory + " is of images of " + state.resolution + " px in " + state.classes.size()
                    + " classes, the recipe's data of "
                    + trainer.setup().domain().resolution() + " px in "
                    + trainer.setup().domain().classes() + "; train with the data it was made with");
        }
        try (Scope scope = Scope.open()) {
            Map<String, Map<String, Tensor>> saved = new LinkedHashMap<>();
            for (String name : parts(trainer).keySet()) {
                saved.put(name, tensors(directory, name));
            }
            modules(trainer).forEach((name, module) -> module.check(States.part(saved, name), place(directory, name)));
            modules(trainer).forEach((name, module) -> module.load(States.part(saved, name), place(directory, name)));
            for (Player player : Player.values()) {
                Map<String, Tensor> own = States.under(player.key(), States.part(saved, "optimizers"));
                trainer.turn(player).optimizer().load(own);
            }
            Scope.withoutGrad(() -> trainer.roles()
                    .state()
                    .forEach((name, t) -> t.copy_(States.required(States.part(saved, "methods"), name, t))));
        }
        trainer.feed().seek(state.batches);
        trainer.step(state.step);
    }

    /** Where the images are unknown, so may be their classes; the networks' shapes are checked in any case. */
    private static boolean fits(State state, ImageDomain domain) {
        return state.ofUnknownImages()
                ? state.resolution == domain.resolution()
                : state.domain().equals(domain);
    }

    /**
     * Reads {@code state.json} and checks every file against its digest.
     *
     * @throws Failure if a file is missing, cut or changed
     */
    public static State open(Path directory) {
        if (!Files.isRegularFile(directory.resolve(STATE))) {
            throw new Failure(directory + " is not a checkpoint: it has no " + STATE);
        }
        State state = Json.read(directory.resolve(STATE), State.class);
        if (state.format != FORMAT) {
            throw new Failure(directory + " has format " + state.format + "; this version reads format " + FORMAT);
        }
        List<String> damaged = new ArrayList<>();
        state.files.forEach((name, digest) -> {
            Path file = directory.resolve(name);
            if (!name.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*")
                    || !Files.isRegularFile(file)
                    || !Checksums.sha256(file).equals(digest)) {
                damaged.add(name);
            }
        });
        if (!damaged.isEmpty()) {
            throw new Failure(directory + " is damaged: " + String.join(", ", damaged)
                    + " is not as it was written; use an earlier checkpoint");
        }
        return state;
    }

    /**
     * A plain sampler of the averaged generator of a checkpoint, or of the generator when there is no average: no
     * truncation, running statistics, no latent steps. {@link SavedSampler} has those.
     */
    public static Sampler sampler(Path directory, Backbone backbone, Device device) {
        return sampler(directory, open(directory).best(), backbone, device);
    }

    /** A plain sampler of one of the generators of a checkpoint, {@code generator} or {@code average}. */
    static Sampler sampler(Path directory, String name, Backbone backbone, Device device) {
        State state = open(directory);
        return new Sampler(generator(directory, state, name, backbone, device), state.classes.size(), device);
    }

    /** The averaged generator of a checkpoint, or the generator when there is no average. */
    static Generator generator(Path directory, State state, Backbone backbone, Device device) {
        return generator(directory, state, state.best(), backbone, device);
    }

    private static Generator generator(Path directory, State state, String name, Backbone backbone, Device device) {
        Generator generator = backbone.generator(state.domain(), 0, device);
        generator.module().requiresGrad(false);
        load(directory, name, generator.module());
        return generator;
    }

    /** Fills a module from the file of that name. */
    static void load(Path directory, String name, Module module) {
        try (Scope scope = Scope.open()) {
            module.load(tensors(directory, name), place(directory, name));
        }
    }

    static Map<String, Tensor> tensors(Path directory, String name) {
        Path file = directory.resolve(name + ".safetensors");
        if (!Files.isRegularFile(file)) {
            throw new Failure(directory + " has no " + file.getFileName() + "; it was made by another recipe"
                    + (name.equals(DISCRIMINATOR) ? ", or imported without its discriminator" : ""));
        }
        return Weights.read(file);
    }

    private static String place(Path directory, String name) {
        return directory.resolve(name + ".safetensors").toString();
    }
}
