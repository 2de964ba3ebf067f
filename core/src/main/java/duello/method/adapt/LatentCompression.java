package duello.method.adapt;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.ProgressListener;
import duello.catalog.Range;
import duello.method.CodeStep;
import duello.method.Method;
import duello.method.Stateful;
import duello.method.Table;
import duello.model.Code;
import duello.model.Generator;
import duello.model.Latent;
import duello.torch.Draws;
import duello.torch.Scope;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * RSSA's latent compression: what the generator reads is drawn towards the span of the codes of the training images (see
 * {@link Projection}), each row of a style network's code as far as its entry of {@code blend} says. The codes are found
 * before the first step (see {@link Inversion}). In training only; samples are of the whole prior.
 *
 * <p>The default blends are those for faces at 256 px, 14 rows; for churches the last three groups have 0.35, 0.55 and 0.75.
 * A code of another number of rows reads the list at even steps, so one of a single row, as the other families have, its
 * middle.
 */
@Doc("RSSA: codes are drawn towards the span of the training images' codes; with relaxed_realism")
@Paper("Xiao et al., Few Shot Generative Model Adaption via Relaxed Spatial Structural Alignment, CVPR 2022, "
        + "arXiv 2203.04121")
public record LatentCompression(
        @Doc("How far each row of a code goes, from the coarse rows to the fine ones; one number or more")
        @Default("[0, 0, 0, 0.05, 0.05, 0.05, 0.05, 0.45, 0.45, 0.65, 0.65, 0.85, 0.85, 0.85]")
        @Range(min = 0, max = 1)
        List<Double> blend,

        @Doc("Steps in which the images' codes are found; the authors take 4002")
        @Default("50")
        @Range(min = 1, max = 1000000)
        long steps,

        @Doc("Learning rate of these steps") @Default("0.1") @Range(min = 0, above = true)
        double rate,

        @Doc("Weight of the discriminator's maps beside the squared distance of pixels, in the authors' code LPIPS")
        @Default("1")
        @Range(min = 0)
        double features)
        implements Method {
    public LatentCompression {
        if (blend.isEmpty()) {
            throw new IllegalArgumentException("blend needs one number at least");
        }
        blend = List.copyOf(blend);
    }

    @Override
    public boolean needsSource() {
        return true;
    }

    @Override
    public Method build(Table table) {
        return new Played(this, Inversion.places(table.generator(), Shots.count(table), table.device()));
    }

    /** How far row {@code row} of {@code rows} goes. */
    double blend(long row, long rows) {
        return blend.get((int) ((2 * row + 1) * blend.size() / (2 * rows)));
    }

    /** @param codes of the training images, {@code [k, d]} or {@code [k, n, d]} */
    private record Played(LatentCompression settings, Tensor codes) implements CodeStep, Stateful {
        @Override
        public void begin(Table table, Draws draws, ProgressListener progress) {
            Inversion inversion = new Inversion(settings.steps, settings.rate, settings.features);
            try (Scope scope = Scope.open()) {
                Tensor found = inversion.of(table, draws, progress);
                Scope.withoutGrad(() -> codes.copy_(found));
            }
        }

        @Override
        public Code refine(Generator generator, Latent latent, Code code, Draws draws) {
            if (code.w().dim() == 2) {
                return new Code(Projection.compressed(code.w(), codes, settings.blend(0, 1)), code.labels());
            }
            long rows = code.w().size(1);
            Tensor[] moved = new Tensor[Math.toIntExact(rows)];
            for (int i = 0; i < moved.length; i++) {
                moved[i] = Projection.compressed(code.w().select(1, i), codes.select(1, i), settings.blend(i, rows));
            }
            return new Code(torch.stack(new TensorVector(moved), 1), code.labels());
        }

        @Override
        public Map<String, Tensor> state() {
            return Map.of("codes", codes);
        }
    }
}
