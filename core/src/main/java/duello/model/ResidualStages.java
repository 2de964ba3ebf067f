package duello.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The channels of the residual families by image size, as multiples of the base width, as the reference tabulates them
 * for 32 to 512 px; 16 px has a stage less than 32, and each doubling beyond 512 px one more stage of the base width.
 */
final class ResidualStages {
    private ResidualStages() {}

    /**
     * One stage.
     *
     * @param in channels it reads
     * @param out channels it makes
     * @param resampled whether it doubles (generator) or halves (discriminator) height and width
     */
    record Stage(long in, long out, boolean resampled) {}

    private static List<Integer> generatorMultiples(int resolution) {
        return switch (resolution) {
            case 16 -> List.of(4, 4, 4);
            case 32 -> List.of(4, 4, 4, 4);
            case 64 -> List.of(16, 8, 4, 2, 1);
            case 128 -> List.of(16, 16, 8, 4, 2, 1);
            case 256 -> List.of(16, 16, 8, 8, 4, 2, 1);
            default -> {
                List<Integer> longer = new ArrayList<>(generatorMultiples(resolution / 2));
                longer.add(1);
                yield longer;
            }
        };
    }

    private static List<Integer> discriminatorMultiples(int resolution) {
        return switch (resolution) {
            case 16 -> List.of(2, 2, 2);
            case 32 -> List.of(2, 2, 2, 2);
            case 64 -> List.of(1, 2, 4, 8, 16);
            case 128 -> List.of(1, 2, 4, 8, 16, 16);
            case 256 -> List.of(1, 2, 4, 8, 8, 16, 16);
            default -> {
                List<Integer> longer = new ArrayList<>(List.of(1));
                longer.addAll(discriminatorMultiples(resolution / 2));
                yield longer;
            }
        };
    }

    /** From 4x4 up; each stage doubles. */
    static List<Stage> generator(int resolution, int width) {
        check(resolution);
        List<Integer> multiples = generatorMultiples(resolution);
        List<Stage> stages = new ArrayList<>();
        for (int i = 1; i < multiples.size(); i++) {
            stages.add(new Stage((long) width * multiples.get(i - 1), (long) width * multiples.get(i), true));
        }
        return stages;
    }

    /** From the image down; the last map is 8x8 up to 32 px, else 4x4. */
    static List<Stage> discriminator(int resolution, int width) {
        check(resolution);
        return halving(3, discriminatorMultiples(resolution), resolution, width);
    }

    /**
     * As {@link #discriminator} for the bottleneck families, whose first convolution stands before the stages and makes
     * the channels that the first of them reads: {@code first} times the width up to 32 px.
     */
    static List<Stage> bottleneckDiscriminator(int resolution, int width, int first) {
        check(resolution);
        List<Integer> multiples = switch (resolution) {
            case 16 -> List.of(first, 4, 4);
            case 32 -> List.of(first, 4, 4, 4);
            default -> discriminatorMultiples(resolution);
        };
        List<Integer> later = multiples.subList(1, multiples.size());
        return halving((long) width * multiples.get(0), later, resolution, width);
    }

    private static List<Stage> halving(long channels, List<Integer> multiples, int resolution, int width) {
        int halvings = Integer.numberOfTrailingZeros(resolution / (resolution <= 32 ? 8 : 4));
        List<Stage> stages = new ArrayList<>();
        long in = channels;
        for (int i = 0; i < multiples.size(); i++) {
            long out = (long) width * multiples.get(i);
            stages.add(new Stage(in, out, i < halvings));
            in = out;
        }
        return stages;
    }

    private static void check(int resolution) {
        int[] known = {16, 32, 64, 128, 256, 512, 1024};
        if (Arrays.binarySearch(known, resolution) < 0) {
            throw new IllegalArgumentException(
                    "the residual networks make images of 16, 32, 64, ... or 1024 pixels, not " + resolution);
        }
    }
}
