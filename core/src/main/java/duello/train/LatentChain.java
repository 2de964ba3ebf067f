package duello.train;

import duello.method.LatentStep;
import duello.method.LatentStep.Use;
import duello.method.Method;
import duello.method.Table;
import duello.model.Generator;
import duello.model.Latent;
import duello.torch.Draws;
import duello.torch.Forward;
import duello.torch.Ops;
import duello.torch.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.bytedeco.pytorch.Tensor;

/**
 * The latent steps that images pass when they are drawn, in the recipe's order, and who tells them how real images are.
 *
 * @param words the entries as they are set, for a score's protocol
 * @param discriminator asked without leaving a trace in it
 */
record LatentChain(List<LatentStep> steps, List<String> words, Realness discriminator) {
    /** How real images are, {@code [B]}; differentiable. */
    @FunctionalInterface
    interface Realness {
        Tensor score(Tensor images, Tensor labels);
    }

    /** Latents are drawn from as they are. */
    static final LatentChain NONE = new LatentChain(List.of(), List.of(), (images, labels) -> {
        throw new IllegalStateException("nothing asks how real images are");
    });

    /** Whether any of a recipe's methods takes part in sampling, so that the discriminator is needed. */
    static boolean needed(List<Method> entries) {
        return entries.stream().anyMatch(LatentChain::samples);
    }

    private static boolean samples(Method method) {
        return method instanceof LatentStep step && step.uses().contains(Use.SAMPLING);
    }

    /**
     * The steps of a run.
     *
     * @param entries the recipe's methods
     * @param built what they built, in the same order
     */
    static LatentChain of(List<Method> entries, List<Method> built, Table table) {
        List<LatentStep> steps = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            if (samples(entries.get(i)) && built.get(i) instanceof LatentStep step) {
                steps.add(step);
                words.add(entries.get(i).toString());
            }
        }
        return new LatentChain(
                List.copyOf(steps),
                List.copyOf(words),
                (images, labels) -> table.score(images, labels, Forward.EVALUATION));
    }

    /**
     * Where a latent comes to that is drawn from with {@code generator}, without gradient.
     *
     * @param draws those of the i-th step
     */
    Latent refine(Latent drawn, Generator generator, Forward forward, IntFunction<Draws> draws) {
        if (steps.isEmpty()) {
            return drawn;
        }
        Tensor z = Ops.cloneOf(drawn.z());
        try (Scope scope = Scope.open()) {
            Latent latent = drawn;
            for (int i = 0; i < steps.size(); i++) {
                latent = refined(steps.get(i), latent, generator, forward, draws.apply(i));
            }
            z.copy_(latent.z());
        }
        return drawn.moved(z);
    }

    private Latent refined(LatentStep step, Latent latent, Generator generator, Forward forward, Draws draws) {
        LatentStep.Critic critic = at -> discriminator.score(generator.images(at, forward), at.labels());
        Latent moved = Scope.withGrad(() -> step.refine(generator, critic, latent, draws));
        return moved.moved(moved.z().detach());
    }
}
