package duello.train;

import duello.catalog.Failure;
import duello.io.NdArray;
import duello.io.SafeTensors;
import duello.model.Backbone;
import duello.model.Codes;
import duello.model.Discriminator;
import duello.model.Generator;
import duello.model.LogitHead;
import duello.model.Weights;
import duello.torch.Devices;
import duello.torch.Scope;
import duello.torch.Script;
import duello.torch.TorchScript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Hands a network of a checkpoint to other programs. */
public final class Export {
    /** Which network. */
    public enum Network {
        GENERATOR,
        /** The generator's moving average, or the generator itself where there is none. */
        AVERAGE,
        DISCRIMINATOR
    }

    private Export() {}

    /**
     * Writes a network's state dict, with the key names of PyTorch-StudioGAN, as the checkpoint holds it.
     *
     * @throws Failure if the checkpoint does not hold that network, is damaged, or the file cannot be written
     */
    public static void safetensors(Path checkpoint, Network network, Path file) {
        Checkpoint.State state = Checkpoint.open(checkpoint);
        String name = part(checkpoint, state, network);
        Map<String, String> notes = notes(state, name);
        notes.put("format", "pt");
        try (Scope scope = Scope.open()) {
            Weights.write(file, Checkpoint.tensors(checkpoint, name), notes);
        }
    }

    /**
     * Writes a generator as a TorchScript program {@code forward(z, y) -> images}: z {@code [B, d]} float32 from the prior, codes last,
     * y {@code [B]} int64, images {@code [B, 3, H, W]} in [-1, 1]. It draws what {@link Sampler} draws: running statistics, and
     * weights that are divided by their spectral norm already; style networks add their stored noise. Its note {@code duello.txt} says what z and y are.
     *
     * @throws Failure if the network is the discriminator, its family cannot be written so, or the file cannot be written
     */
    public static void torchScript(Path checkpoint, Network network, Backbone backbone, Path file) {
        if (network == Network.DISCRIMINATOR) {
            throw new Failure("TorchScript is written of generators only; export the discriminator as safetensors");
        }
        Checkpoint.State state = Checkpoint.open(checkpoint);
        String name = part(checkpoint, state, network);
        Generator generator =
                Checkpoint.sampler(checkpoint, name, backbone, Devices.CPU).generator();
        Map<String, String> notes = notes(state, name);
        notes.put("latent", String.valueOf(generator.space().size()));
        notes.put("prior", generator.space().prior().name().toLowerCase(Locale.ROOT));
        Codes codes = generator.space().codes();
        if (codes != null) {
            notes.put("codes", described(codes));
        }
        StringBuilder text = new StringBuilder();
        notes.forEach(
                (key, value) -> text.append(key).append(": ").append(value).append('\n'));
        try (Scope scope = Scope.open()) {
            Scope.withoutGrad(() -> {
                Script script = new Script(generator.module().state(), "z", "y");
                String images = generator.script(script, "z", "y");
                TorchScript.write(file, "Generator", script, images, Map.of("duello.txt", text.toString()));
            });
        }
    }

    /**
     * Writes generator, average and discriminator as rosinality's StyleGAN2 program and the few-shot programs that grew from it
     * read them. The heads of methods, which those know nothing of, are left out.
     *
     * @param logit the head whose output the adversarial loss reads
     * @throws Failure if a network has no counterpart there, naming the key, or the file cannot be written
     */
    public static void rosinality(Path checkpoint, Backbone backbone, LogitHead logit, Path file) {
        Checkpoint.State state = Checkpoint.open(checkpoint);
        Map<String, NdArray> discriminator = null;
        if (state.trainable()) {
            discriminator = arrays(checkpoint, "discriminator");
            discriminator.keySet().retainAll(judging(state, backbone, logit));
        }
        new RosinalityCheckpoint(arrays(checkpoint, "generator"), discriminator, arrays(checkpoint, state.best()))
                .write(file);
    }

    private static Map<String, NdArray> arrays(Path checkpoint, String name) {
        return new LinkedHashMap<>(
                SafeTensors.read(checkpoint.resolve(name + ".safetensors")).tensors());
    }

    /** What trunk and logit head consist of. */
    private static Set<String> judging(Checkpoint.State state, Backbone backbone, LogitHead logit) {
        try (Scope scope = Scope.open()) {
            Discriminator plain = backbone.discriminator(state.domain(), 0, Devices.CPU);
            logit.build(plain.site(), state.domain().classes());
            return Set.copyOf(plain.module().state().keySet());
        }
    }

    /** How the last columns of z are to be filled. */
    private static String described(Codes codes) {
        return "the last " + codes.width() + " columns of z: " + codes.discrete() + " one-hot vectors of "
                + codes.categories() + ", then " + codes.continuous() + " numbers uniform in -1 to 1";
    }

    private static String part(Path checkpoint, Checkpoint.State state, Network network) {
        String name = network == Network.AVERAGE ? state.best() : network.name().toLowerCase(Locale.ROOT);
        if (!Files.isRegularFile(checkpoint.resolve(name + ".safetensors"))) {
            throw new Failure(checkpoint + " holds no " + name + "; it was imported without it");
        }
        return name;
    }

    private static Map<String, String> notes(Checkpoint.State state, String name) {
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("producer", "duello");
        notes.put("network", name);
        notes.put("step", String.valueOf(state.step()));
        notes.put("resolution", String.valueOf(state.resolution()));
        notes.put("classes", String.join(", ", state.classes()));
        return notes;
    }
}
