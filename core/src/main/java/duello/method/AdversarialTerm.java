package duello.method;

/** Plays an adversarial loss on the main views. */
public record AdversarialTerm(Adversarial loss) implements Term {
    @Override
    public void discriminator(Step s, Loss total) {
        total.add(
                "adversarial",
                1,
                loss.discriminator(scored(s.onReal()), scored(s.onFake())).mean());
    }

    @Override
    public void generator(Step s, Loss total) {
        total.add(
                "adversarial",
                1,
                loss.generator(() -> scored(s.onReal()), scored(s.onFake())).mean());
    }

    private static Scored scored(Judged j) {
        return new Scored(j.logit(), j.labels());
    }
}
