package duello.metric;

import duello.metric.InceptionConv.Shape;
import duello.torch.Init;
import duello.torch.Layer;
import duello.torch.Module;
import duello.torch.Ops;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Parallel branches over one map, put side by side: the five kinds of the Inception of TensorFlow, December 2015. */
final class InceptionBlock implements Layer {
    private static final long[] ONE = {1, 1};
    private static final long[] TWO = {2, 2};
    private static final long[] THREE = {3, 3};
    private static final long[] ZERO = {0, 0};

    private final Module module = new Module();
    private final Init init;
    private final List<UnaryOperator<Tensor>> branches = new ArrayList<>();

    private InceptionBlock(Init init) {
        this.init = init;
    }

    /** 35 x 35: 1x1, 5x5, double 3x3 and an average pool with {@code pool} outputs. */
    static InceptionBlock a(Init init, long in, long pool) {
        InceptionBlock block = new InceptionBlock(init);
        block.branch(block.conv("branch1x1", Shape.square(in, 64, 1)));
        block.branch(
                block.conv("branch5x5_1", Shape.square(in, 48, 1)), block.conv("branch5x5_2", Shape.square(48, 64, 5)));
        block.branch(
                block.conv("branch3x3dbl_1", Shape.square(in, 64, 1)),
                block.conv("branch3x3dbl_2", Shape.square(64, 96, 3)),
                block.conv("branch3x3dbl_3", Shape.square(96, 96, 3)));
        block.branch(InceptionBlock::averaged, block.conv("branch_pool", Shape.square(in, pool, 1)));
        return block;
    }

    /** 35 x 35 to 17 x 17. */
    static InceptionBlock b(Init init, long in) {
        InceptionBlock block = new InceptionBlock(init);
        block.branch(block.conv("branch3x3", Shape.valid(in, 384, 3, 2)));
        block.branch(
                block.conv("branch3x3dbl_1", Shape.square(in, 64, 1)),
                block.conv("branch3x3dbl_2", Shape.square(64, 96, 3)),
                block.conv("branch3x3dbl_3", Shape.valid(96, 96, 3, 2)));
        block.branch(InceptionBlock::halved);
        return block;
    }

    /** 17 x 17: 1x1, factorised 7x7 and double 7x7 of {@code c} channels, average pool. */
    static InceptionBlock c(Init init, long c) {
        InceptionBlock block = new InceptionBlock(init);
        block.branch(block.conv("branch1x1", Shape.square(768, 192, 1)));
        block.branch(
                block.conv("branch7x7_1", Shape.square(768, c, 1)),
                block.conv("branch7x7_2", Shape.strip(c, c, 1, 7)),
                block.conv("branch7x7_3", Shape.strip(c, 192, 7, 1)));
        block.branch(
                block.conv("branch7x7dbl_1", Shape.square(768, c, 1)),
                block.conv("branch7x7dbl_2", Shape.strip(c, c, 7, 1)),
                block.conv("branch7x7dbl_3", Shape.strip(c, c, 1, 7)),
                block.conv("branch7x7dbl_4", Shape.strip(c, c, 7, 1)),
                block.conv("branch7x7dbl_5", Shape.strip(c, 192, 1, 7)));
        block.branch(InceptionBlock::averaged, block.conv("branch_pool", Shape.square(768, 192, 1)));
        return block;
    }

    /** 17 x 17 to 8 x 8. */
    static InceptionBlock d(Init init) {
        InceptionBlock block = new InceptionBlock(init);
        block.branch(
                block.conv("branch3x3_1", Shape.square(768, 192, 1)),
                block.conv("branch3x3_2", Shape.valid(192, 320, 3, 2)));
        block.branch(
                block.conv("branch7x7x3_1", Shape.square(768, 192, 1)),
                block.conv("branch7x7x3_2", Shape.strip(192, 192, 1, 7)),
                block.conv("branch7x7x3_3", Shape.strip(192, 192, 7, 1)),
                block.conv("branch7x7x3_4", Shape.valid(192, 192, 3, 2)));
        block.branch(InceptionBlock::halved);
        return block;
    }

    /** 8 x 8, branches that fork; {@code maxPool} in the last block only, where torchvision's averages. */
    static InceptionBlock e(Init init, long in, boolean maxPool) {
        InceptionBlock block = new InceptionBlock(init);
        block.branch(block.conv("branch1x1", Shape.square(in, 320, 1)));
        block.branch(
                block.conv("branch3x3_1", Shape.square(in, 384, 1)),
                fork(
                        block.conv("branch3x3_2a", Shape.strip(384, 384, 1, 3)),
                        block.conv("branch3x3_2b", Shape.strip(384, 384, 3, 1))));
        block.branch(
                block.conv("branch3x3dbl_1", Shape.square(in, 448, 1)),
                block.conv("branch3x3dbl_2", Shape.square(448, 384, 3)),
                fork(
                        block.conv("branch3x3dbl_3a", Shape.strip(384, 384, 1, 3)),
                        block.conv("branch3x3dbl_3b", Shape.strip(384, 384, 3, 1))));
        block.branch(
                maxPool ? InceptionBlock::greatest : InceptionBlock::averaged,
                block.conv("branch_pool", Shape.square(in, 192, 1)));
        return block;
    }

    private UnaryOperator<Tensor> conv(String name, Shape shape) {
        InceptionConv made = module.child(name, new InceptionConv(init, shape));
        return made::apply;
    }

    @SafeVarargs
    private void branch(UnaryOperator<Tensor>... steps) {
        List<UnaryOperator<Tensor>> fixed = List.of(steps);
        branches.add(x -> {
            Tensor y = x;
            for (UnaryOperator<Tensor> step : fixed) {
                y = step.apply(y);
            }
            return y;
        });
    }

    private static UnaryOperator<Tensor> fork(UnaryOperator<Tensor> left, UnaryOperator<Tensor> right) {
        return x -> Ops.cat(1, left.apply(x), right.apply(x));
    }

    /** Mean of the 3x3 neighbours that lie inside the map. */
    private static Tensor averaged(Tensor x) {
        return torch.avg_pool2d(x, THREE, ONE, ONE, false, false, new LongOptional());
    }

    private static Tensor greatest(Tensor x) {
        return torch.max_pool2d(x, THREE, ONE, ONE, ONE, false);
    }

    /** 3x3 of stride 2, without padding. */
    static Tensor halved(Tensor x) {
        return torch.max_pool2d(x, THREE, TWO, ZERO, ONE, false);
    }

    Tensor apply(Tensor x) {
        return Ops.cat(1, branches.stream().map(b -> b.apply(x)).toArray(Tensor[]::new));
    }

    @Override
    public Module module() {
        return module;
    }
}
