package duello.metric;

import duello.catalog.Failure;
import duello.data.Dataset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Images of two domains as one dataset of two classes: as many of each, a tenth held out.
 *
 * @param train to learn from
 * @param heldOut to test by
 */
record Domains(Dataset train, Dataset heldOut) {
    /** The class that the source images have. */
    static final int SOURCE = 0;

    /** The class that the target images have. */
    static final int TARGET = 1;

    private static final int FOLD = 10;

    /**
     * Chooses as many images of the larger set as the smaller has, and a tenth of both, at least one image, to hold out.
     *
     * @throws Failure if the sizes of images differ or a set has fewer than two
     */
    static Domains of(Dataset source, Dataset target, int seed) {
        if (source.resolution() != target.resolution()) {
            throw new Failure(source.name() + " has images of " + source.resolution() + " pixels, but " + target.name()
                    + " of " + target.resolution() + "; give both the same size");
        }
        int count = Math.min(source.size(), target.size());
        if (count < 2) {
            throw new Failure("telling " + source.name() + " from " + target.name()
                    + " needs at least 2 images of each, one of them to test by; give more images");
        }
        LegacyRandom random = new LegacyRandom(seed);
        int[] ofSource = random.choice(source.size(), count);
        int[] ofTarget = random.choice(target.size(), count);
        int cut = count - Math.max(1, count / FOLD);
        Side[] learned = {new Side(source, ofSource, 0, cut), new Side(target, ofTarget, 0, cut)};
        Side[] tested = {new Side(source, ofSource, cut, count), new Side(target, ofTarget, cut, count)};
        return new Domains(new Part("train", List.of(learned)), new Part("held-out", List.of(tested)));
    }

    /** Some images of one of the two sets. */
    private record Side(Dataset dataset, int[] places) {
        Side(Dataset dataset, int[] order, int from, int to) {
            this(dataset, Arrays.copyOfRange(order, from, to));
        }

        /** The set's name without its split. */
        String family() {
            return dataset.name().replaceFirst("/.*", "");
        }
    }

    /** Both sides by turns; as many of each. */
    private record Part(String split, List<Side> sides) implements Dataset {
        private static final int FINGERPRINT_BYTES = 8;

        @Override
        public String name() {
            return sides.get(SOURCE).family() + "-against-" + sides.get(TARGET).family() + "/" + split;
        }

        @Override
        public int size() {
            return sides.size() * sides.get(SOURCE).places.length;
        }

        @Override
        public int resolution() {
            return sides.get(SOURCE).dataset.resolution();
        }

        @Override
        public List<String> classes() {
            return List.of("source", "target");
        }

        @Override
        public int label(int index) {
            return index % sides.size();
        }

        @Override
        public void read(int index, byte[] into, int offset) {
            Side side = sides.get(label(index));
            side.dataset.read(side.places[index / sides.size()], into, offset);
        }

        @Override
        public String fingerprint() {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                for (Side side : sides) {
                    String said = side.dataset.fingerprint() + Arrays.toString(side.places) + "\n";
                    digest.update(said.getBytes(StandardCharsets.UTF_8));
                }
                return HexFormat.of().formatHex(digest.digest(), 0, FINGERPRINT_BYTES);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }
    }
}
