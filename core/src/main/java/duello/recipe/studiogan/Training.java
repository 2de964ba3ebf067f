package duello.recipe.studiogan;

/** The recipe's training and what a run writes down. */
final class Training {
    private static final String STEPS = "OPTIMIZATION.total_steps";
    private static final String TYPE = "OPTIMIZATION.type_";
    private static final String BATCH = "OPTIMIZATION.batch_size";

    private final Asked asked;

    Training(Asked asked) {
        this.asked = asked;
    }

    Branch train() {
        int steps = asked.whole(STEPS);
        asked.note(
                STEPS,
                STEPS + ": the reference runs " + (steps + 1L) + " iterations, one more than it says; Duello runs "
                        + steps);
        Branch train = asked.branch(STEPS)
                .with("steps", asked.value(STEPS))
                .with("batch", asked.value(BATCH))
                .with("accumulate", asked.value("OPTIMIZATION.acml_steps"))
                .with("updates", updates())
                .with("generator", optimizer("g"))
                .with("discriminator", optimizer("d"));
        if (asked.on("MODEL.apply_g_ema")) {
            Branch average = asked.branch("MODEL.apply_g_ema");
            train.with(
                    "average",
                    asked.styleGan()
                            ? average.with("half_life", halfLife())
                            : average.with("decay", asked.value("MODEL.g_ema_decay"))
                                    .with("start", asked.value("MODEL.g_ema_start")));
        }
        return train.with("flip", asked.value("PRE.apply_rflip"));
    }

    private Branch halfLife() {
        Branch halfLife = asked.branch("STYLEGAN.g_ema_kimg").with("thousands", asked.value("STYLEGAN.g_ema_kimg"));
        return asked.has("STYLEGAN.g_ema_rampup")
                ? halfLife.with("ramp_up", asked.value("STYLEGAN.g_ema_rampup"))
                : halfLife;
    }

    private Branch updates() {
        return asked.branch("OPTIMIZATION.d_updates_per_step")
                .with("discriminator", asked.value("OPTIMIZATION.d_updates_per_step"))
                .with("generator", asked.value("OPTIMIZATION.g_updates_per_step"))
                .with("discriminator_first", asked.value("OPTIMIZATION.d_first"));
    }

    private Branch optimizer(String player) {
        Value rate = asked.value("OPTIMIZATION." + player + "_lr");
        Value decay = asked.value("OPTIMIZATION." + player + "_weight_decay");
        if (asked.is(TYPE, "SGD")) {
            return asked.entry("sgd", TYPE)
                    .with("rate", rate)
                    .with("momentum", asked.value("OPTIMIZATION.momentum"))
                    .with("nesterov", asked.value("OPTIMIZATION.nesterov"))
                    .with("weight_decay", decay);
        }
        if (asked.is(TYPE, "RMSprop")) {
            return asked.entry("rmsprop", TYPE)
                    .with("rate", rate)
                    .with("alpha", asked.value("OPTIMIZATION.alpha"))
                    .with("momentum", asked.value("OPTIMIZATION.momentum"))
                    .with("weight_decay", decay);
        }
        Branch adam = asked.entry("adam", TYPE)
                .with("rate", rate)
                .with("beta1", asked.value("OPTIMIZATION.beta1"))
                .with("beta2", asked.value("OPTIMIZATION.beta2"))
                .with("eps", asked.styleGan() ? "1e-8" : "1e-6")
                .with("weight_decay", decay);
        return asked.styleGan() ? adam.with("interval", asked.value("STYLEGAN." + player + "_reg_interval")) : adam;
    }

    /** The reference's command line decides how often it logs, samples, saves and scores; these are its defaults. */
    Branch run() {
        asked.note(
                STEPS,
                "RUN.print_freq and RUN.save_freq are no part of such files: run.log_every is 100, and"
                        + " run.samples_every, run.checkpoint_every and run.evaluate_every are 2000, the reference's defaults");
        return asked.branch(STEPS)
                .with("log_every", "100")
                .with("samples_every", "2000")
                .with("checkpoint_every", "2000")
                .with("evaluate_every", "2000");
    }
}
