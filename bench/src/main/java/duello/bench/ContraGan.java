package duello.bench;

import duello.data.Dataset;
import duello.dist.Collective;
import duello.method.Table;
import duello.method.adversarial.Hinge;
import duello.method.condition.Contrastive;
import duello.method.condition.PlainLogit;
import duello.model.Activation;
import duello.model.BigResNet;
import duello.model.NetworkSettings;
import duello.model.Prior;
import duello.torch.Init;
import duello.train.AdamSettings;
import duello.train.Setup;
import duello.train.TrainSettings;
import duello.train.Trainer;
import duello.train.Turns;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * ContraGAN as it is trained on CIFAR-10 (Kang and Park, 2020), on random images: 32 px, ten classes, latent 80, class
 * embedding 128, image embedding 512, hinge and 2C losses, spectral normalisation in both networks, attention after
 * stage 2 of the generator and stage 1 of the discriminator, no moving average.
 *
 * @param width channels are multiples of it; 96 in the paper
 * @param batch images per update
 * @param critic discriminator updates per iteration; 5 in the paper
 * @param resolution 32 in the paper; 16 for a smaller one
 */
record ContraGan(int width, int batch, int critic, int resolution) implements Gan {
    /** A third of the paper's width. */
    static final ContraGan CIFAR10 = new ContraGan(32, 64, 5, 32);

    @Override
    public String name() {
        return "contragan";
    }

    @Override
    public String words() {
        return String.format(
                Locale.ROOT,
                "ContraGAN %d px, width %d, batch %d, %d D + 1 G updates an iteration",
                resolution,
                width,
                batch,
                critic);
    }

    @Override
    public Map<String, Integer> sizes() {
        return Map.of("width", width, "batch", batch, "critic", critic);
    }

    @Override
    public ContraGan sized(Options options) {
        return new ContraGan(
                options.number("width", width, 1),
                options.number("batch", batch, 2),
                options.number("critic", critic, 1),
                resolution);
    }

    @Override
    public int block() {
        return 2;
    }

    @Override
    public Trainer trainer() {
        BigResNet networks =
                new BigResNet(parts(List.of(2)), parts(List.of(1)), latent(), 128, Prior.GAUSSIAN, true, null);
        return new Trainer(new Setup(
                new Setup.Players(networks, new PlainLogit()),
                new Hinge(),
                List.of(new Contrastive(1, 1, 512)),
                settings(),
                new Table.Data(images(), this::images),
                Collective.LOCAL));
    }

    private NetworkSettings parts(List<Integer> attention) {
        return new NetworkSettings(width, true, attention, Activation.RELU, Init.Rule.ORTHO);
    }

    /** One chunk of 20 for the first linear map and one for each stage. */
    private int latent() {
        return 20 * (Integer.numberOfTrailingZeros(resolution) - 1);
    }

    private TrainSettings settings() {
        AdamSettings adam = new AdamSettings(2e-4, 0.5, 0.999, 1e-6, 0);
        return Gans.settings(batch, new Turns(critic, 1, true), adam, adam);
    }

    private Dataset images() {
        return RandomImages.of(resolution, batch);
    }
}
