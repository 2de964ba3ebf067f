package duello.train;

import duello.method.Table;
import duello.model.Discriminator;
import duello.model.Generator;
import duello.model.Head;
import duello.model.ImageDomain;
import duello.torch.Module;
import duello.torch.Seeds;
import org.bytedeco.pytorch.Device;
import org.jspecify.annotations.Nullable;

/**
 * Builds what the players sit at. The order matters: networks, the source's weights, the frozen source, before the
 * generator is wrapped, for the source is not; heads are built later, by methods, and only then the source's
 * discriminator is known to fit.
 */
record Seating(Setup setup, @Nullable StartWeights start, Device device) {
    static Seating of(Setup setup, Device device) {
        Source source = setup.players().source();
        StartWeights start = source == null ? null : new StartWeights(source).of(setup.domain());
        return new Seating(setup, start, device);
    }

    private ImageDomain domain() {
        return setup.domain();
    }

    Table table() {
        long seed = setup.train().seed();
        long own = Seeds.derive(seed, "generator");
        Generator bare = setup.players().backbone().generator(domain(), own, device);
        Generator source = source(bare);
        Generator generator = setup.backbone().wrapped(bare, own, device);
        Discriminator trunk =
                setup.players().backbone().discriminator(domain(), Seeds.derive(seed, "discriminator"), device);
        Head logit = setup.players().logit().build(trunk.site(), domain().classes());
        Table.Networks networks = new Table.Networks(generator, average(generator), trunk, logit, source);
        return new Table(
                networks,
                domain(),
                setup.data(),
                device,
                setup.collective(),
                setup.adversarial().boundary());
    }

    /** Fills the generator and keeps it as it is then. */
    private @Nullable Generator source(Generator bare) {
        if (start == null) {
            return null;
        }
        start.generator(bare.module(), domain());
        return frozen(setup.players().backbone().generator(domain(), 0, device), bare.module());
    }

    private Generator average(Generator generator) {
        if (setup.train().average() == null) {
            return generator;
        }
        Generator average = copy(setup, generator, device);
        if (start != null) {
            start.average(average.module());
        }
        return average;
    }

    /** Fills the discriminator, whose heads are all there now. */
    void begin(Table table) {
        if (start != null) {
            start.discriminator(table.discriminator(), domain());
        }
    }

    /** A copy of a run's generator, which takes no part in differentiation. */
    static Generator copy(Setup s, Generator generator, Device device) {
        return frozen(s.backbone().generator(s.domain(), 0, device), generator.module());
    }

    private static Generator frozen(Generator fresh, Module like) {
        fresh.module().load(like.state(), "the generator");
        fresh.module().requiresGrad(false);
        return fresh;
    }
}
