package duello.method.adapt;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.ProgressListener;
import duello.catalog.Range;
import duello.method.CodeStep;
import duello.method.LatentStep;
import duello.method.Method;
import duello.method.Referee;
import duello.method.Stateful;
import duello.method.Step;
import duello.method.Table;
import duello.model.Code;
import duello.model.Generator;
import duello.model.Head;
import duello.model.Latent;
import duello.model.LatentSpace;
import duello.torch.Draws;
import duello.torch.Forward;
import duello.torch.Ops;
import duello.torch.Scope;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Relaxed realism, the adversarial game of CDC, RSSA and DCL: only images of latents near a few anchors, one for each
 * training image, must look real as a whole; of all other images the patches must.
 *
 * <p>Iteration i with {@code i mod every = 0} is anchored: latents are {@code anchor + radius * N(0, I)}, the anchor drawn
 * for each image, and the logit head judges; styles are not mixed, if {@code style_mixing} comes before. In the others latents are the prior's and a head judges that reads one of the
 * trunk's maps (see {@link PatchHead}); of several it is drawn for each step, the same for reals and fakes. Anchors are
 * drawn once and never move.
 *
 * <p>In the authors' code the maps are the outputs of convolutions of 32 and 16 rows at 256 px. In general they are here
 * the named maps of as many rows as 32 and 16, or a quarter of the image's where that is less, in the trunk's order.
 */
@Doc("relaxed realism: whole images are judged near a few anchor latents only, elsewhere patches; of CDC, RSSA and DCL")
@Paper("Ojha et al., Few-shot Image Generation via Cross-domain Correspondence, CVPR 2021, arXiv 2104.06820")
public record RelaxedRealism(
        @Doc("One of so many iterations is anchored and judges whole images")
        @Default("4")
        @Range(min = 1, max = 1000000)
        long every,

        @Doc("Deviation of latents around their anchor; the authors have 0.1, in some runs 0.05")
        @Default("0.1")
        @Range(min = 0)
        double radius,

        @Doc("How many anchors; 0 for one a training image") @Default("0") @Range(min = 0, max = 100000)
        int anchors,

        @Doc("How many of the maps have a patch head; the authors have 1 to 4") @Default("1") @Range(min = 1, max = 64)
        int maps,

        @Doc("The discriminator's maps that patch heads read, in order; empty for those of 32 and 16 rows, or near")
        @Default("[]")
        List<String> layers)
        implements Method {
    static final String NAME = "relaxed_realism";

    public RelaxedRealism {
        layers = List.copyOf(layers);
    }

    /** Whether whole images are judged in an iteration. */
    boolean anchored(long iteration) {
        return iteration % every == 0;
    }

    @Override
    public Method build(Table table) {
        List<Head> patches = judged(table).stream()
                .limit(maps)
                .<Head>map(m -> PatchHead.of(table.discriminator().site(), m))
                .toList();
        int count = anchors > 0 ? anchors : Shots.count(table);
        long size = table.generator().space().size();
        return new Played(this, patches, Scope.keep(Ops.zeros(table.device(), count, size)));
    }

    /** The maps that can have a patch head, in order. */
    private List<NamedMap> judged(Table table) {
        List<NamedMap> there = NamedMap.ofDiscriminator(table);
        List<String> names =
                LayerChoice.of(layers, there.stream().map(NamedMap::name).toList());
        return layers.isEmpty() ? ofPatches(there, table.domain().resolution()) : named(names, there);
    }

    private static List<NamedMap> named(List<String> names, List<NamedMap> there) {
        return names.stream()
                .map(n -> there.stream()
                        .filter(m -> m.name().equals(n))
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    /** The maps whose positions see patches: not so early that they see a few pixels, nor so late that they see all. */
    static List<NamedMap> ofPatches(List<NamedMap> there, int resolution) {
        int most = resolution / 4;
        List<NamedMap> fit = there.stream()
                .filter(m -> m.rows() >= Math.min(16, most) && m.rows() <= Math.min(32, most))
                .toList();
        NamedMap last = there.get(there.size() - 1);
        return fit.isEmpty() ? List.of(last) : fit;
    }

    @Override
    public @Nullable String conflict(Method other) {
        return other instanceof RelaxedRealism ? "both choose who judges in an iteration" : null;
    }

    private record Played(RelaxedRealism settings, List<Head> patches, Tensor anchors)
            implements LatentStep, CodeStep, Referee, Stateful {
        @Override
        public void begin(Table table, Draws draws, ProgressListener progress) {
            Tensor drawn = table.generator().space().draw(draws, anchors.size(0));
            Scope.withoutGrad(() -> anchors.copy_(drawn));
        }

        @Override
        public Latent refine(Step s, Critic critic, Latent latent, Draws draws) {
            return settings.anchored(s.number()) ? latent.moved(near(s.table(), latent, draws)) : latent;
        }

        private Tensor near(Table table, Latent latent, Draws draws) {
            LatentSpace space = table.generator().space();
            long count = latent.z().size(0);
            Tensor chosen = anchors.index_select(0, draws.ints(anchors.size(0), count));
            Tensor moves = Ops.mul(draws.normal(count, space.width()), settings.radius);
            Tensor still = Ops.zeros(table.device(), count, (long) space.size() - space.width());
            return chosen.add(Ops.cat(1, moves, still));
        }

        @Override
        public Latent refine(Critic critic, Latent latent, Draws draws) {
            return latent;
        }

        /** The main fakes of anchored iterations are of their latents alone: steps before this one are undone. */
        @Override
        public Code refine(Step s, Latent latent, Code code, Draws draws) {
            boolean alone = settings.anchored(s.number()) && latent.equals(s.latent());
            return alone ? s.table().generator().map(latent, Forward.TRACELESS) : code;
        }

        @Override
        public Code refine(Generator generator, Latent latent, Code code, Draws draws) {
            return code;
        }

        @Override
        public Set<Use> uses() {
            return Set.of(Use.TRAINING);
        }

        @Override
        public @Nullable Head logit(Step s) {
            if (settings.anchored(s.number())) {
                return null;
            }
            return patches.get(
                    patches.size() == 1 ? 0 : s.shared(NAME + ".head").pick(patches.size()));
        }

        @Override
        public List<Head> heads() {
            return patches;
        }

        @Override
        public Map<String, Tensor> state() {
            return Map.of("anchors", anchors);
        }
    }
}
