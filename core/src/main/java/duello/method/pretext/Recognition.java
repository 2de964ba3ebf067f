package duello.method.pretext;

import duello.method.Loss;
import duello.method.Measured;
import duello.method.Step;
import duello.method.Term;
import duello.model.Head;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The pretext task that DeshuffleGAN and SSGAN play: a head names what was done to an image. The discriminator learns it
 * on real images; the generator is rewarded when it works on its own. Transformed images take no part in the game of real
 * and generated.
 */
record Recognition(Settings settings, Examiner examiner, Head head, Accuracy accuracy) implements Term, Measured {
    /**
     * How it is played.
     *
     * @param part its name in the log
     * @param discriminator weight in the discriminator's loss
     * @param generator weight in the generator's loss
     * @param generated whether the head also learns on generated images
     */
    record Settings(String part, double discriminator, double generator, boolean generated) {}

    /** {@code mean_i -log softmax(outputs_i)_k}; outputs {@code [B, K]}, classes int64 {@code [B]}. */
    static Tensor loss(Tensor outputs, Tensor classes) {
        return torch.cross_entropy_loss(outputs, classes);
    }

    @Override
    public void discriminator(Step s, Loss loss) {
        Examiner.Seen real = examiner.real(s);
        loss.add(settings.part, settings.discriminator, loss(outputs(real), real.classes()));
        accuracy.real(Accuracy.named(outputs(real), real.classes()));
        if (settings.generated) {
            Examiner.Seen generated = examiner.generated(s);
            loss.add(
                    settings.part + "_generated",
                    settings.discriminator,
                    loss(outputs(generated), generated.classes()));
        }
    }

    @Override
    public void generator(Step s, Loss loss) {
        Examiner.Seen generated = examiner.generated(s);
        loss.add(settings.part, settings.generator, loss(outputs(generated), generated.classes()));
        accuracy.generated(Accuracy.named(outputs(generated), generated.classes()));
    }

    private Tensor outputs(Examiner.Seen seen) {
        return seen.judged().read(head);
    }

    @Override
    public List<Head> heads() {
        return List.of(head);
    }

    @Override
    public Map<String, Tensor> measures() {
        return accuracy.measures();
    }
}
