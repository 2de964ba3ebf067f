package duello.bench;

import duello.data.Dataset;
import duello.data.MemoryDataset;
import duello.data.Pixels;
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
import duello.train.Precision;
import duello.train.Setup;
import duello.train.Together;
import duello.train.TrainSettings;
import duello.train.Trainer;
import duello.train.Turns;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * ContraGAN as it is trained on CIFAR-10 (Kang and Park, 2020), on random images: 32 px, ten classes, latent 80, class
 * embedding 128, image embedding 512, hinge and 2C losses, spectral normalisation in both networks, attention after
 * stage 2 of the generator and stage 1 of the discriminator, no moving average. Images need not be real to be timed.
 *
 * @param width channels are multiples of it; 96 in the paper
 * @param batch images per update
 * @param critic discriminator updates per iteration; 5 in the paper
 * @param resolution 32 in the paper; 16 for a smaller one
 */
record ContraGan(int width, int batch, int critic, int resolution) {
    private static final int CLASSES = 10;
    private static final int IMAGES = 2048;

    /** A fresh trainer on the processor. */
    Trainer trainer() {
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
        Turns turns = new Turns(critic, 1, true);
        return new TrainSettings(
                100_000,
                batch,
                1,
                turns,
                adam,
                adam,
                null,
                true,
                false,
                Precision.FLOAT32,
                Together.STANDARD,
                "cpu",
                1);
    }

    private Dataset images() {
        Random random = new Random(1);
        Pixels pixels = new Pixels(Math.max(IMAGES, batch), resolution);
        int[] labels = new int[pixels.images()];
        byte[] image = new byte[3 * resolution * resolution];
        for (int i = 0; i < labels.length; i++) {
            random.nextBytes(image);
            pixels.write(i, image, 0);
            labels[i] = i % CLASSES;
        }
        List<String> classes =
                IntStream.range(0, CLASSES).mapToObj(String::valueOf).toList();
        return new MemoryDataset("random", classes, labels, pixels);
    }
}
