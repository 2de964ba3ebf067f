package duello.method.regularize;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.catalog.Paper;
import duello.catalog.Range;
import duello.dist.Collective;
import duello.method.Loss;
import duello.method.Measured;
import duello.method.Method;
import duello.method.Stateful;
import duello.method.Step;
import duello.method.Table;
import duello.method.Term;
import duello.torch.Ops;
import duello.torch.Scope;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * LeCam regularisation: {@code mean relu(r - a_F)^2 + mean relu(a_R - f)^2} with r and f the scores of real and generated
 * images and a_R, a_F their moving averages, which carry no gradient. The averages move before the penalty reads them.
 * Equation 4 of the paper has plain squares; the positive parts are those of the authors' code.
 *
 * <p>Until iteration {@code start} the averages are the last batch's means and nothing is penalised; the first batch of
 * all is taken as it is. Over several processes the averages and the penalty are of the scores of all.
 */
@Doc("LeCam: keeps scores near the moving averages of the other side; for little data")
@Paper("Tseng et al., Regularizing Generative Adversarial Networks under Limited Data, CVPR 2021, arXiv 2104.03310")
public record LeCam(
        @Doc("Weight lambda") @Default("0.3") @Range(min = 0)
        double weight,

        @Doc("The penalty begins after this iteration") @Default("1000") @Range(min = 0)
        long start,

        @Doc("How much of the averages each micro batch leaves") @Default("0.99") @Range(min = 0, max = 1)
        double decay)
        implements Method {
    @Override
    public Method build(Table table) {
        return new Playing(this, new Averages(table.device()), table.collective());
    }

    /** The averages of real and fake scores; scalars that are changed in place. */
    public static final class Averages {
        private final Tensor real;
        private final Tensor fake;
        private final Tensor begun;

        /** Averages of nothing yet. */
        public Averages(Device device) {
            real = zero(device);
            fake = zero(device);
            begun = zero(device);
        }

        private static Tensor zero(Device device) {
            return Scope.keep(Ops.zeros(device));
        }

        /** Moves them towards the means of scores {@code [B]}; the first ever are taken whole. */
        public void move(Tensor realScores, Tensor fakeScores, double decay) {
            Scope.withoutGrad(() -> {
                Tensor towards = Ops.rsub(Ops.mul(begun, decay), 1);
                real.lerp_(realScores.mean().to(ScalarType.Float), towards);
                fake.lerp_(fakeScores.mean().to(ScalarType.Float), towards);
                begun.fill_(Ops.scalar(1));
            });
        }

        /** Sets them to means that were reached elsewhere. */
        public void start(double realMean, double fakeMean) {
            Scope.withoutGrad(() -> {
                real.fill_(Ops.scalar(realMean));
                fake.fill_(Ops.scalar(fakeMean));
                begun.fill_(Ops.scalar(1));
            });
        }

        /** The penalty of scores {@code [B]}: a scalar. */
        public Tensor penalty(Tensor realScores, Tensor fakeScores) {
            // Copies: a later micro batch changes the averages before this one's gradient may have been taken.
            Tensor above = torch.relu(realScores.sub(Ops.cloneOf(fake)));
            Tensor below = torch.relu(Ops.cloneOf(real).sub(fakeScores));
            return Ops.square(above).mean().add(Ops.square(below).mean());
        }

        /** Living tensors: {@code real}, {@code fake} and whether any score was seen. */
        public Map<String, Tensor> state() {
            return Map.of("real", real, "fake", fake, "begun", begun);
        }
    }

    /** One micro batch in iteration {@code step}: moves the averages, and gives the penalty once it has begun. */
    public Optional<Tensor> penalty(Averages averages, Tensor real, Tensor fake, long step) {
        averages.move(real, fake, step < start ? 0 : decay);
        return step > start ? Optional.of(averages.penalty(real, fake)) : Optional.empty();
    }

    private record Playing(LeCam settings, Averages averages, Collective collective)
            implements Term, Stateful, Measured {
        private static final String REMEMBERED_REAL = "lecam_emas.D_real";
        private static final String REMEMBERED_FAKE = "lecam_emas.D_fake";

        @Override
        public void discriminator(Step s, Loss loss) {
            Tensor real = collective.gather(s.onReal().score());
            Tensor fake = collective.gather(s.onFake().score());
            settings.penalty(averages, real, fake, s.number())
                    .ifPresent(penalty -> loss.add("lecam", settings.weight, penalty));
        }

        @Override
        public Map<String, Tensor> state() {
            return averages.state();
        }

        @Override
        public Set<String> takeOver(Map<String, Double> remembered) {
            Double real = remembered.get(REMEMBERED_REAL);
            Double fake = remembered.get(REMEMBERED_FAKE);
            if (real == null || fake == null || !Double.isFinite(real) || !Double.isFinite(fake)) {
                return Set.of();
            }
            averages.start(real, fake);
            return Set.of(REMEMBERED_REAL, REMEMBERED_FAKE);
        }

        @Override
        public Map<String, Tensor> measures() {
            return Map.of("lecam.real", averages.real, "lecam.fake", averages.fake);
        }
    }
}
