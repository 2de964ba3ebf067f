package duello.analysis;

import duello.method.Figures;
import duello.method.Hook;
import duello.method.Judged;
import duello.method.Loss;
import duello.method.Measured;
import duello.method.Origin;
import duello.method.Player;
import duello.method.Step;
import duello.method.Table;
import duello.torch.Ops;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** {@link ClassGradientNorms} in a run. */
final class ClassGradients implements Hook, Measured {
    /** What class objectives call their part of the loss. */
    private static final String PART = "class";

    private static final long NEVER = -1;

    private final Table table;
    private final ClassGradientNorms settings;
    private final Figures figures = new Figures();
    private long done;
    private long measured = NEVER;
    private long told = NEVER;
    private long toldAt = NEVER;

    ClassGradients(Table table, ClassGradientNorms settings) {
        this.table = table;
        this.settings = settings;
    }

    @Override
    public void beforeBackward(Step s, Loss loss) {
        boolean due = s.player() == Player.DISCRIMINATOR
                && (s.number() + 1) % settings.every() == 0
                && measured != s.number();
        List<Tensor> parts = loss.parts().stream()
                .filter(p -> p.name().equals(PART))
                .map(Loss.Part::value)
                .toList();
        if (due && !parts.isEmpty()) {
            measured = s.number();
            measure(s, parts);
        }
    }

    private void measure(Step s, List<Tensor> parts) {
        s.judged().stream()
                .filter(j -> j.origin() == Origin.REAL && j.augmented())
                .findFirst()
                .ifPresent(this::features);
        Tensor loss = parts.stream().reduce(Tensor::add).orElseThrow();
        Tensor mean = Ops.mul(loss.detach().to(ScalarType.Float), -1.0 / parts.size());
        figures.set(ClassGradientNorms.NAME + "confidence", mean.exp());
        gradients(loss);
    }

    private void gradients(Tensor loss) {
        Map<String, Tensor> weights = weights();
        if (weights.isEmpty()) {
            return;
        }
        List<Tensor> gradients = Ops.grads(loss, new ArrayList<>(weights.values()), false);
        int i = 0;
        for (String name : weights.keySet()) {
            Tensor gradient = gradients.get(i++);
            if (gradient.defined()) {
                String head = name.substring(0, name.lastIndexOf('.'));
                figures.set(ClassGradientNorms.NAME + "gradient." + head, ClassGradientNorms.meanLength(gradient));
            }
        }
    }

    private void features(Judged reals) {
        Tensor pooled = reals.features().pooled().detach().to(ScalarType.Float);
        figures.set(ClassGradientNorms.NAME + "features", ClassGradientNorms.meanLength(pooled));
    }

    /** The weight matrices of all heads that the discriminator moves now; those that the class loss reads get gradients. */
    private Map<String, Tensor> weights() {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        table.discriminator().module().parameters().forEach((name, p) -> {
            if (table.discriminator().site().holds(name) && p.dim() > 1 && p.requires_grad()) {
                weights.put(name, p);
            }
        });
        return weights;
    }

    @Override
    public void afterIteration(long step) {
        done = step + 1;
    }

    /** What was measured since the last line of the log that showed something. */
    @Override
    public Map<String, Tensor> measures() {
        if (measured != told) {
            told = measured;
            toldAt = done;
        }
        return measured != NEVER && toldAt == done ? figures.all() : Map.of();
    }
}
