package duello.train;

import duello.catalog.Failure;
import duello.io.NdArray;
import duello.io.PthReader;
import duello.io.PthWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The networks of a checkpoint of rosinality's {@code stylegan2-pytorch} and of the few-shot programs that grew from it, such
 * as the published source models: {@code g}, {@code d}, {@code g_ema} and {@code latent_avg} of one {@code .pt} file, in the
 * layout of PyTorch-StudioGAN, in which our StyleGAN2 has its state dict.
 *
 * @param generator null if the file has only its average
 * @param discriminator null if it is not there
 * @param average the generator's moving average, null if it is not there
 */
public record RosinalityCheckpoint(
        @Nullable Map<String, NdArray> generator,
        @Nullable Map<String, NdArray> discriminator,
        @Nullable Map<String, NdArray> average) {
    private static final String G = "g";
    private static final String D = "d";
    private static final String G_EMA = "g_ema";
    private static final Pattern NAME = Pattern.compile("(\\d{1,12})\\.pt");

    public RosinalityCheckpoint {
        if (generator == null && average == null) {
            throw new IllegalArgumentException("a checkpoint has a generator or its average");
        }
    }

    /**
     * Reads a file; nothing in it is executed. A generator may lack its resampling kernels, which are constant, and its noise
     * maps, which are drawn then. The mean latent is the file's, which belongs to the average, for both generators, or 0.
     *
     * @throws Failure if the file is damaged or of another program, or a key is missing, surplus or of another shape
     */
    public static RosinalityCheckpoint read(Path file) {
        return of(PthReader.readMap(file), file);
    }

    /** The networks of what a file holds. */
    static RosinalityCheckpoint of(Map<?, ?> content, Path file) {
        if (!content.containsKey(G) && !content.containsKey(G_EMA)) {
            throw new Failure(
                    file + ": it holds neither 'g' nor 'g_ema', as checkpoints of rosinality's StyleGAN2 do; is it"
                            + " of another program? PyTorch-StudioGAN's need --recipe");
        }
        return new RosinalityCheckpoint(
                generator(content, G, file), discriminator(content, file), generator(content, G_EMA, file));
    }

    private static @Nullable Map<String, NdArray> generator(Map<?, ?> content, String name, Path file) {
        if (!content.containsKey(name)) {
            return null;
        }
        String source = file + " '" + name + "'";
        Map<String, NdArray> state = new LinkedHashMap<>(PthReader.stateDict(content.get(name), source));
        if (content.get(RosinalityKeys.LATENT_MEAN) instanceof NdArray mean) {
            state.put(RosinalityKeys.LATENT_MEAN, mean.reshape(mean.size()));
        }
        int images = count(state, "to_rgbs.%d.conv.weight", 0);
        int layers = count(state, "style.%d.weight", 1);
        return RosinalityKeys.generator(resolution(images, source), layers).toOurs(state, source);
    }

    private static @Nullable Map<String, NdArray> discriminator(Map<?, ?> content, Path file) {
        if (!content.containsKey(D)) {
            return null;
        }
        String source = file + " '" + D + "'";
        Map<String, NdArray> state = PthReader.stateDict(content.get(D), source);
        int blocks = count(state, "convs.%d.conv1.0.weight", 1);
        return RosinalityKeys.discriminator(resolution(blocks, source)).toOurs(state, source);
    }

    /** How many keys of consecutive numbers there are; no network has more than 20. */
    private static int count(Map<String, NdArray> state, String key, int first) {
        return (int) IntStream.range(first, first + 20)
                .takeWhile(i -> state.containsKey(String.format(key, i)))
                .count();
    }

    /**
     * Writes a file that rosinality's program and its descendants read as a source model: the mean latent only where one was
     * taken, no optimisers.
     *
     * @throws Failure if a network has no counterpart there, naming the key, or the file cannot be written
     */
    public void write(Path file) {
        Map<String, Object> content = new LinkedHashMap<>();
        Map<String, NdArray> mean = new LinkedHashMap<>();
        putGenerator(content, G, generator, mean);
        if (discriminator != null) {
            String source = "the discriminator";
            int resolution = resolution(blocks(discriminator, "b%d.conv0.weight"), source);
            content.put(D, RosinalityKeys.discriminator(resolution).toTheirs(discriminator, source));
        }
        putGenerator(content, G_EMA, average, mean);
        content.putAll(mean);
        PthWriter.write(file, content);
    }

    private static void putGenerator(
            Map<String, Object> content, String name, @Nullable Map<String, NdArray> state, Map<String, NdArray> mean) {
        if (state == null) {
            return;
        }
        String source = "the generator";
        int resolution = resolution(blocks(state, "synthesis.b%d.conv0.weight"), source);
        int layers = count(state, "mapping.fc%d.weight", 0);
        Map<String, NdArray> theirs =
                RosinalityKeys.generator(resolution, layers).toTheirs(state, source);
        NdArray taken = theirs.remove(RosinalityKeys.LATENT_MEAN);
        content.put(name, theirs);
        if (taken != null && DoubleStream.of(taken.toDoubles()).anyMatch(v -> v != 0)) {
            mean.put(RosinalityKeys.LATENT_MEAN, taken);
        }
    }

    private static int resolution(int doublings, String source) {
        if (doublings < 1 || doublings > RosinalityKeys.MOST_DOUBLINGS) {
            throw new Failure(
                    source + ": it is not a StyleGAN2 of 8 to 4096 pixels by its keys; is it of another program?");
        }
        return 4 << doublings;
    }

    /** How many blocks from 8 pixels on there are. */
    private static int blocks(Map<String, NdArray> state, String key) {
        return (int) IntStream.iterate(8, r -> r > 0, r -> 2 * r)
                .takeWhile(r -> state.containsKey(String.format(key, r)))
                .count();
    }

    /** The iteration that a training file is named by, such as {@code 000550.pt}. */
    public static OptionalLong step(Path file) {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        return name.matches() ? OptionalLong.of(Long.parseLong(name.group(1))) : OptionalLong.empty();
    }
}
