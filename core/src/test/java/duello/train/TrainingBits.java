package duello.train;

import duello.method.Player;
import duello.model.Weights;
import duello.torch.Module;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** A digest of every bit that training depends on. */
final class TrainingBits {
    private TrainingBits() {}

    static byte[] of(Trainer trainer) {
        MessageDigest digest = digest();
        add(digest, trainer.table().generator().module().state());
        add(digest, trainer.table().average().module().state());
        add(digest, trainer.table().discriminator().module().state());
        for (Player player : Player.values()) {
            add(digest, trainer.turn(player).optimizer().state());
        }
        add(digest, trainer.roles().state());
        digest.update(ByteBuffer.allocate(16)
                .putLong(trainer.step())
                .putLong(trainer.feed().drawn())
                .flip());
        return digest.digest();
    }

    static byte[] of(Module module) {
        MessageDigest digest = digest();
        add(digest, module.state());
        return digest.digest();
    }

    static byte[] of(Map<String, Tensor> tensors) {
        MessageDigest digest = digest();
        add(digest, tensors);
        return digest.digest();
    }

    private static void add(MessageDigest digest, Map<String, Tensor> tensors) {
        tensors.values().forEach(t -> digest.update(Weights.array(t).data()));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
