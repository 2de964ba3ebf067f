package duello.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duello.catalog.Failure;
import duello.catalog.ProgressListener;
import duello.data.AbsentDataset;
import duello.dist.Collective;
import duello.method.Hook;
import duello.method.Method;
import duello.method.Table;
import duello.method.Wrap;
import duello.method.condition.Contrastive;
import duello.method.condition.MultiDimension;
import duello.method.condition.PlainLogit;
import duello.model.Backbone;
import duello.model.BigResNet;
import duello.model.Generator;
import duello.model.Weights;
import duello.torch.Draws;
import duello.torch.Module;
import duello.torch.States;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that starts from a source has its weights, and keeps a frozen copy of its generator. */
class SourceTest {
    @TempDir
    private Path folder;

    private Path checkpoint;

    @BeforeEach
    void train() {
        checkpoint = folder.resolve("source");
        try (Trainer trainer = Tiny.plain().with(new Contrastive(1, 1, 8)).trainer()) {
            for (int i = 0; i < 4; i++) {
                trainer.iterate();
            }
            trainer.save(checkpoint, Map.of());
        }
    }

    private SourceSettings settings() {
        return new SourceSettings(checkpoint, SourceSettings.Weights.RAW, SourceSettings.Start.SOURCE);
    }

    private static Tiny other() {
        return Tiny.plain().with(Tiny.settings(77));
    }

    private Map<String, Tensor> saved(String part) {
        return Checkpoint.tensors(checkpoint, part);
    }

    private static void same(Module module, Map<String, Tensor> saved) {
        assertThat(module.state().keySet()).containsExactlyElementsOf(saved.keySet());
        assertThat(TrainingBits.of(module)).isEqualTo(TrainingBits.of(saved));
    }

    @Test
    void everyNetworkStartsFromItsOwn() {
        try (Trainer trainer =
                other().from(settings().open()).with(new Contrastive(1, 1, 8)).trainer()) {
            same(trainer.table().generator().module(), saved("generator"));
            same(trainer.table().source().module(), saved("generator"));
            same(trainer.table().average().module(), saved("average"));
            same(trainer.table().discriminator().module(), saved("discriminator"));
            assertThat(TrainingBits.of(saved("average"))).isNotEqualTo(TrainingBits.of(saved("generator")));
        }
    }

    @Test
    void theSourceStaysWhileTheGeneratorMoves() {
        try (Trainer trainer = other().from(settings().open()).trainer()) {
            byte[] before = TrainingBits.of(trainer.table().source().module());
            trainer.iterate();
            assertThat(TrainingBits.of(trainer.table().source().module())).isEqualTo(before);
            assertThat(TrainingBits.of(trainer.table().generator().module())).isNotEqualTo(before);
        }
    }

    @Test
    void theGeneratorStartsFromTheAverageIfThatIsWished() {
        SourceSettings average =
                new SourceSettings(checkpoint, SourceSettings.Weights.AVERAGE, SourceSettings.Start.SOURCE);
        try (Trainer trainer = other().from(average.open()).trainer()) {
            same(trainer.table().generator().module(), saved("average"));
            same(trainer.table().source().module(), saved("average"));
            same(trainer.table().average().module(), saved("average"));
        }
    }

    @Test
    void onlyHeadsThatTheSourceHasAreTaken() {
        try (Trainer fresh = other().with(new MultiDimension()).trainer();
                Trainer trainer = other().with(new MultiDimension())
                        .from(settings().open())
                        .trainer()) {
            Map<String, Tensor> state = trainer.table().discriminator().module().state();
            Map<String, Tensor> unlearnt =
                    fresh.table().discriminator().module().state();
            Map<String, Tensor> source = saved("discriminator");
            state.forEach((name, t) -> {
                boolean head = trainer.table().discriminator().site().holds(name);
                Tensor expected = States.required(head ? unlearnt : source, name);
                assertThat(bits(t)).as(name).isEqualTo(bits(expected));
            });
        }
    }

    private static byte[] bits(Tensor t) {
        return TrainingBits.of(Map.of("t", t));
    }

    @Test
    void aRunThatWasStoppedGoesOnWithTheSameSource() {
        Path middle = folder.resolve("middle");
        try (Trainer whole = other().from(settings().open()).trainer();
                Trainer resumed = other().from(settings().open()).trainer()) {
            whole.iterate();
            whole.save(middle, Map.of());
            whole.iterate();
            resumed.load(middle);
            resumed.iterate();
            assertThat(TrainingBits.of(resumed)).isEqualTo(TrainingBits.of(whole));
            same(resumed.table().source().module(), saved("generator"));
        }
    }

    @Test
    void otherNetworksAreRefusedInOneLine() {
        BigResNet wider = (BigResNet) Tiny.read(
                Backbone.class,
                "{type: big_resnet, latent: 6, shared: 5, generator: {width: 8}, discriminator: {width: 4}}");
        assertThatThrownBy(() -> other().with(wider).from(settings().open()).trainer())
                .isInstanceOf(Failure.class)
                .hasMessageContaining("does not fit this network")
                .hasMessageNotContaining("\n");
    }

    @Test
    void anotherResolutionIsRefusedWithTheOneToSet() {
        assertThatThrownBy(() -> new Trainer(setup(new AbsentDataset(32, List.of("a", "b", "c")))))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("16 px")
                .hasMessageContaining("data.resolution=16");
    }

    @Test
    void anotherNumberOfClassesIsSaidToBeTheCause() {
        assertThatThrownBy(() -> new Trainer(setup(new AbsentDataset(16, List.of("all")))))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("knows 3 classes and the images are of 1");
    }

    private Setup setup(AbsentDataset images) {
        return new Setup(
                new Setup.Players(Tiny.bigResNet(), new PlainLogit(), settings().open()),
                Tiny.plain().adversarial(),
                List.of(),
                Tiny.settings(0),
                new Table.Data(images, () -> images),
                Collective.LOCAL);
    }

    @Test
    void aGeneratorAloneNeedsAFreshDiscriminator() {
        Path alone = folder.resolve("alone");
        try (Trainer trainer = Tiny.plain().trainer()) {
            trainer.saveGenerator(alone, Map.of());
        }
        assertThatThrownBy(() -> other().from(settings().at(alone).open()).trainer())
                .isInstanceOf(Failure.class)
                .hasMessageContaining("holds no discriminator")
                .hasMessageContaining("source.discriminator=fresh");
        SourceSettings fresh = new SourceSettings(alone, SourceSettings.Weights.RAW, SourceSettings.Start.FRESH);
        try (Trainer unlearnt = other().trainer();
                Trainer trainer = other().from(fresh.open()).trainer()) {
            assertThat(TrainingBits.of(trainer.table().discriminator().module()))
                    .isEqualTo(TrainingBits.of(unlearnt.table().discriminator().module()));
            trainer.iterate();
            assertThat(trainer.losses().values()).allMatch(Double::isFinite);
        }
    }

    /** Shifts latents by a parameter of its own. */
    private record Shift() implements Wrap {
        @Override
        public Generator wrap(Generator inner, long seed, Device device) {
            return new ShiftedGenerator(inner, device);
        }
    }

    @Test
    void whatIsPutAroundTheGeneratorIsTrainedAveragedSavedAndSampledFrom() {
        Path middle = folder.resolve("wrapped");
        Tiny tiny = other().from(settings().open()).with(new Shift());
        try (Trainer trainer = tiny.trainer();
                Trainer resumed = tiny.trainer()) {
            same(trainer.table().source().module(), saved("generator"));
            assertThat(trainer.table().generator().module().parameters()).containsKey("shift");
            trainer.iterate();
            trainer.iterate();
            trainer.iterate();
            Map<String, Tensor> state = trainer.table().generator().module().state();
            Map<String, Tensor> average = trainer.table().average().module().state();
            assertThat(Weights.array(States.required(state, "shift")).data())
                    .isNotEqualTo(
                            Weights.array(States.required(average, "shift")).data());
            trainer.save(middle, Map.of());
            resumed.load(middle);
            long[] labels = {0, 1};
            SavedSampler saved = new SavedSampler(
                    new Setup.Players(tiny.backbone(), tiny.logit()), tiny.methods(), SamplingSettings.PLAIN);
            assertThat(bits(saved.open(middle, trainer.table().device()).images(1, 0, labels)))
                    .isEqualTo(bits(trainer.sampler().images(1, 0, labels)))
                    .isEqualTo(bits(resumed.sampler().images(1, 0, labels)));
        }
    }

    @Test
    void methodsBeginOnceOnAFreshRunOnly() {
        int[] begun = {0};
        Method beginner = new Hook() {
            @Override
            public void begin(Table table, Draws draws, ProgressListener progress) {
                begun[0]++;
            }
        };
        Path middle = folder.resolve("begun");
        try (Trainer trainer = other().with(beginner).trainer()) {
            trainer.iterate();
            trainer.iterate();
            trainer.save(middle, Map.of());
        }
        try (Trainer trainer = other().with(beginner).trainer()) {
            trainer.load(middle);
            trainer.iterate();
        }
        assertThat(Arrays.stream(begun).sum()).isEqualTo(1);
    }
}
