package duello.metric;

import duello.catalog.ProgressListener;
import duello.torch.Ops;
import duello.torch.Scope;
import org.bytedeco.pytorch.Tensor;

/**
 * Perceptual distances of stored images. Vectors of whole sets would not fit into memory (8 million numbers for one image of
 * 256 pixels under LPIPS), so they are made again where they are needed: each image passes the network at most twice.
 *
 * @param measure the distance
 * @param images the images
 */
record PerceptualImages(PerceptualDistance measure, StoredImages images) implements IntraCluster.Pairs {
    /** The vectors of the images of the given numbers, {@code [n, D]}, which belong to {@code owner}. */
    Tensor vectors(int[] places, Scope owner) {
        Tensor[] all = new Tensor[1];
        forEachBatch(places, (vectors, from) -> {
            if (from == 0) {
                all[0] = owner.attach(Ops.zeros(measure.device(), places.length, vectors.size(1)));
            }
            Ops.rows(all[0], from, from + vectors.size(0)).copy_(vectors);
        });
        return all[0];
    }

    /**
     * The distances of all images to others, {@code [N, k]} float64, which belong to {@code owner}.
     *
     * @param others vectors {@code [k, D]}
     */
    Tensor to(Tensor others, Scope owner, ProgressListener listener) {
        int[] places = DatasetImages.range(0, images.count());
        Tensor all = owner.attach(Blocks.zeros(places.length, others.size(0)));
        forEachBatch(places, (vectors, from) -> {
            long end = from + vectors.size(0);
            Ops.rows(all, from, end).copy_(PerceptualPairs.of(vectors, others));
            listener.progress("nearest training images", end, places.length);
        });
        return all;
    }

    @Override
    public Tensor among(int[] members, Scope owner) {
        Tensor vectors = vectors(members, owner);
        return PerceptualPairs.of(vectors, vectors);
    }

    private void forEachBatch(int[] places, StoredImages.BatchAction ofVectors) {
        images.forEachBatch(places, measure.device(), (shown, from) -> ofVectors.accept(measure.vectors(shown), from));
    }
}
