package duello.bench;

import duello.dist.Collective;
import duello.method.Table;
import duello.method.adversarial.Vanilla;
import duello.method.condition.PlainLogit;
import duello.method.latent.StyleMixing;
import duello.method.regularize.R1;
import duello.model.StyleGan2;
import duello.model.StyleGan2.Architecture;
import duello.train.AdamSettings;
import duello.train.Setup;
import duello.train.TrainSettings;
import duello.train.Trainer;
import duello.train.Turns;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * StyleGAN2 (Karras et al., 2020) as the recipe {@code faces/stylegan2} trains it, on random images and without the moving
 * average: 64 px, latent and mapping of width 64, logistic loss, R1 in every 16th update of the discriminator, style mixing.
 *
 * @param channels of maps up to 16 px; there are half as many at each resolution above
 * @param batch images per update
 */
record NarrowStyleGan2(int channels, int batch) implements Gan {
    /** The recipe's sizes. */
    static final NarrowStyleGan2 FACES = new NarrowStyleGan2(64, 16);

    private static final int RESOLUTION = 64;
    private static final int LATENT = 64;
    private static final int R1_EVERY = 16;

    @Override
    public String name() {
        return "stylegan2";
    }

    @Override
    public String words() {
        return String.format(
                Locale.ROOT,
                "StyleGAN2 %d px, %d channels, batch %d, 1 G + 1 D updates an iteration, R1 in every %dth",
                RESOLUTION,
                channels,
                batch,
                R1_EVERY);
    }

    @Override
    public Map<String, Integer> sizes() {
        return Map.of("channels", channels, "batch", batch);
    }

    @Override
    public NarrowStyleGan2 sized(Options options) {
        return new NarrowStyleGan2(options.number("channels", channels, 1), options.number("batch", batch, 2));
    }

    /** One with R1. */
    @Override
    public int block() {
        return R1_EVERY;
    }

    @Override
    public Trainer trainer() {
        return new Trainer(setup());
    }

    /** What is trained. */
    Setup setup() {
        return new Setup(
                new Setup.Players(networks(), new PlainLogit()),
                new Vanilla(),
                List.of(new R1(1, R1_EVERY, R1.Where.OWN), new StyleMixing(0.5)),
                settings(),
                new Table.Data(RandomImages.of(RESOLUTION, batch), () -> RandomImages.of(RESOLUTION, batch)),
                Collective.LOCAL);
    }

    private StyleGan2 networks() {
        int base = 16 * channels;
        return new StyleGan2(
                new StyleGan2.SynthesisSettings(base, channels, Architecture.SKIP),
                new StyleGan2.StyleTrunkSettings(base, channels, Architecture.RESNET, 4),
                new StyleGan2.MappingSettings(LATENT, 4, 0.01),
                LATENT,
                false,
                null);
    }

    private TrainSettings settings() {
        return Gans.settings(
                batch,
                new Turns(1, 1, false),
                new AdamSettings(2.5e-3, 0, 0.99, 1e-8, 0),
                new AdamSettings(2.5e-3, 0, 0.99, 1e-8, 0, R1_EVERY));
    }
}
