package duello.method.adapt;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** The distance consistency of CDC, of maps that are given. */
final class Correspondence {
    private Correspondence() {}

    /**
     * {@code sum_i KL(p_i^source || p_i^target) / (B (B - 1))}, where {@code p_i} is the softmax of the cosines of image i's map
     * with those of all the others. So the authors' code: the paper has the arguments the other way round, and the weight
     * of 1000 belongs to the mean over elements.
     *
     * @param layers of each image i the one that its row is taken from, an index into the lists
     * @param source maps by layer, {@code [B, C, H, W]} each, without gradient; null where no image asks for them
     */
    static Tensor loss(List<Integer> layers, List<Tensor> source, List<Tensor> target) {
        Tensor log = rows(layers, target).log_softmax(1, new ScalarTypeOptional());
        Tensor wanted = rows(layers, source).log_softmax(1, new ScalarTypeOptional());
        return wanted.exp().mul(wanted.sub(log)).mean();
    }

    /** Row i: the cosines of image i with the others at its layer, {@code [B, B - 1]}. */
    private static Tensor rows(List<Integer> layers, List<Tensor> maps) {
        List<Tensor> rows = new ArrayList<>();
        List<Tensor> others = new ArrayList<>();
        for (Tensor map : maps) {
            others.add(Cosines.offDiagonal(Cosines.matrix(map, map)));
        }
        for (int i = 0; i < layers.size(); i++) {
            rows.add(others.get(layers.get(i)).select(0, i));
        }
        return torch.stack(new TensorVector(rows.toArray(Tensor[]::new)), 0);
    }
}
