package duello.method;

import duello.torch.Ops;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Plays an adversarial loss on the main views.
 *
 * @param selections what narrows down the fakes that the generator answers for, one after the other
 */
public record AdversarialTerm(Adversarial loss, List<Selection> selections) implements Term {
    public AdversarialTerm {
        selections = List.copyOf(selections);
    }

    @Override
    public void discriminator(Step s, Loss total) {
        total.add(
                "adversarial",
                1,
                loss.discriminator(scored(s.onReal()), scored(s.onFake())).mean());
    }

    @Override
    public void generator(Step s, Loss total) {
        PerSample each = loss.generator(() -> scored(s.onReal()), scored(s.onFake()));
        total.add("adversarial", 1, selected(each, s).mean());
    }

    private PerSample selected(PerSample each, Step s) {
        Tensor fake = each.fake();
        if (selections.isEmpty() || fake == null) {
            return each;
        }
        Tensor values = Ops.meanPerSample(fake);
        Tensor scores = s.onFake().score();
        for (Selection selection : selections) {
            Tensor kept = selection.keep(scores);
            if (kept != null) {
                values = values.index_select(0, kept);
                scores = scores.index_select(0, kept);
            }
        }
        return new PerSample(each.real(), values);
    }

    private static Scored scored(Judged j) {
        return new Scored(j.logit(), j.labels());
    }
}
