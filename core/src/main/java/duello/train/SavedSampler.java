package duello.train;

import duello.dist.Collective;
import duello.method.Method;
import duello.method.Table;
import duello.model.Discriminator;
import duello.model.Generator;
import duello.model.Head;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.pytorch.Device;

/**
 * Opens samplers of checkpoints.
 *
 * @param players the networks that a checkpoint is of
 * @param methods the recipe's, in its order; those that take part in sampling do so here
 */
public record SavedSampler(Setup.Players players, List<Method> methods, SamplingSettings settings) {
    private static final String DISCRIMINATOR = "discriminator";

    public SavedSampler {
        methods = List.copyOf(methods);
    }

    /**
     * A sampler of the averaged generator of a checkpoint, or of the generator when there is no average. The
     * discriminator is built and read only if a method asks it while sampling.
     *
     * @throws duello.catalog.Failure if the checkpoint is damaged or of other networks, or the settings mean nothing for
     *     its generator
     */
    public Sampler open(Path directory, Device device) {
        Checkpoint.State state = Checkpoint.open(directory);
        Generator generator = Checkpoint.generator(directory, state, Wrapped.of(players.backbone(), methods), device);
        LatentChain chain = LatentChain.needed(methods) ? chain(directory, state, generator, device) : LatentChain.NONE;
        return new Sampler(generator, state.classes().size(), device, settings, chain);
    }

    private LatentChain chain(Path directory, Checkpoint.State state, Generator generator, Device device) {
        Discriminator trunk = players.backbone().discriminator(state.domain(), 0, device);
        Head logit = players.logit().build(trunk.site(), state.domain().classes());
        Table table = new Table(
                new Table.Networks(generator, generator, trunk, logit),
                state.domain(),
                Table.Data.NONE,
                device,
                Collective.LOCAL);
        // All are built, for their heads are in the discriminator's file.
        List<Method> built = methods.stream().map(m -> m.build(table)).toList();
        Checkpoint.load(directory, DISCRIMINATOR, trunk.module());
        trunk.module().requiresGrad(false);
        return LatentChain.of(methods, built, table);
    }
}
