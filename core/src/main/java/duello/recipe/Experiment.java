package duello.recipe;

import duello.catalog.Default;
import duello.catalog.Doc;
import duello.data.DataSource;
import duello.data.Dataset;
import duello.data.Split;
import duello.dist.Collective;
import duello.method.Adversarial;
import duello.method.Method;
import duello.method.Player;
import duello.method.Table;
import duello.metric.AdaptationSettings;
import duello.model.Backbone;
import duello.model.LogitHead;
import duello.train.SamplingSettings;
import duello.train.Setup;
import duello.train.Source;
import duello.train.SourceSettings;
import duello.train.TrainSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A recipe, typed and complete: every setting has its value. */
public record Experiment(
        @Doc("What it is, in a few words") @Default("untitled")
        String title,

        @Doc("The paper whose settings these are") @Default("none")
        String paper,

        @Doc("The score reported for it") @Nullable PublishedScore published,

        @Doc("verified: trained to the end here; ported: the published settings; example: claims no score")
        @Default("example")
        Status status,

        @Doc("The images") DataSource data,
        @Doc("The networks") Backbone model,
        @Doc("The adversarial loss") Adversarial adversarial,

        @Doc("The discriminator's head that the adversarial loss reads") @Default("{type: plain}")
        LogitHead logit,

        @Doc("Everything else that takes part: class objectives, regularizers, augmentations") @Default("[]")
        List<Method> methods,

        @Doc("What the run starts from, such as in adaptation; leave out for fresh weights") @Nullable
        SourceSettings source,

        @Doc("The training") @Default("{}") TrainSettings train,

        @Doc("What adaptation to a few images is judged by; left out, held-back images are") @Nullable
        AdaptationSettings adaptation,

        @Doc("How images are drawn for samples and scores") @Default("{}")
        SamplingSettings sampling,

        @Doc("What a run writes down") @Default("{}") RunSettings run) {
    private static final Pattern DEVICE = Pattern.compile("auto|cpu|cuda(:[0-9]{1,3})?");

    /**
     * Settings that are each fine but do not go together.
     *
     * @param path which setting to change, such as {@code train.batch}
     * @param message what is wrong and what to do
     */
    public record Clash(String path, String message) {}

    public Experiment {
        methods = List.copyOf(methods);
    }

    /**
     * What a trainer is built from; opens the training images.
     *
     * @throws duello.catalog.Failure if they cannot be read
     */
    public Setup setup(Collective collective) {
        return setup(data.open(Split.TRAIN), collective);
    }

    /** The same with training images that are open. */
    public Setup setup(Dataset images, Collective collective) {
        Table.Data both = new Table.Data(images, () -> data.open(Split.VALIDATION));
        Source start = source == null ? null : source.open();
        return new Setup(new Setup.Players(model, logit, start), adversarial, methods, train, both, collective);
    }

    /** The same run from another place of its source. */
    public Experiment startingAt(SourceSettings other) {
        return new Experiment(
                title,
                paper,
                published,
                status,
                data,
                model,
                adversarial,
                logit,
                methods,
                other,
                train,
                adaptation,
                sampling,
                run);
    }

    /**
     * What can be known to go wrong without opening the data or building networks; empty if nothing. Whether the dataset
     * has classes for a class objective, and whether the networks fit its resolution, shows when they are opened and
     * built.
     */
    public List<Clash> check() {
        List<Clash> clashes = new ArrayList<>();
        if (train.updates().discriminator() == 0 && train.updates().generator() == 0) {
            clashes.add(new Clash("train.updates", "nobody moves; at least one player needs an update"));
        }
        clashes.addAll(idlePlayers());
        if (train.batch() < 2) {
            IntStream.range(0, methods.size())
                    .filter(i -> methods.get(i).needsClasses())
                    .mapToObj(Experiment::tooFewToCompare)
                    .findFirst()
                    .ifPresent(clashes::add);
        }
        if (!DEVICE.matcher(train.device()).matches()) {
            clashes.add(new Clash("train.device", '"' + train.device() + "\" is none of auto, cpu, cuda, cuda:0, ..."));
        }
        if (adversarial.perClass() != logit.perClass()) {
            clashes.add(
                    new Clash(
                            "logit",
                            adversarial.perClass()
                                    ? "the adversarial loss reads one score per class, which this head does not give; set logit: {type: multi_hinge}"
                                    : "this head gives one score per class, which the adversarial loss does not read; set adversarial: {type: multi_hinge}"));
        }
        if (adaptation != null && adaptation.target() != null && adaptation.source() == null) {
            clashes.add(new Clash(
                    "adaptation",
                    "telling the target domain takes images of the source domain too; add adaptation.source, such as"
                            + " a folder of pictures that duello generate drew from the source"));
        }
        if (!model.maps() && sampling.style()) {
            clashes.add(
                    new Clash("sampling", "psi and noise are for style networks, which these are not; leave them out"));
        }
        clashes.addAll(betweenMethods());
        return clashes;
    }

    private List<Clash> idlePlayers() {
        List<Clash> clashes = new ArrayList<>();
        for (Player player : Player.values()) {
            int updates = player == Player.GENERATOR
                    ? train.updates().generator()
                    : train.updates().discriminator();
            if (updates > 0 && methods.stream().anyMatch(m -> m.idles(player))) {
                String path = "train.updates." + player.key();
                clashes.add(new Clash(path, "a method leaves the " + player.key() + " nothing to learn; set it to 0"));
            }
        }
        return clashes;
    }

    private static Clash tooFewToCompare(int method) {
        return new Clash(
                "train.batch",
                "methods[" + method + "] learns classes, for which images of a batch are compared;"
                        + " it needs at least 2 of them");
    }

    private List<Clash> betweenMethods() {
        List<Clash> clashes = new ArrayList<>();
        for (int i = 0; i < methods.size(); i++) {
            if (methods.get(i).needsSource() && source == null) {
                clashes.add(new Clash(
                        "methods[" + i + "]",
                        "it compares with what the run started from, which is nothing; add such as"
                                + " source: {checkpoint: runs/first}, or use duello adapt"));
            }
            if (methods.get(i).needsCodes() && model.codes() == null) {
                clashes.add(new Clash(
                        "methods[" + i + "]",
                        "it reads codes off the images, but the networks have none; add such as"
                                + " model.codes: {discrete: 1, categories: 10}"));
            }
            if (methods.get(i).needsMapping() && !model.maps()) {
                clashes.add(new Clash(
                        "methods[" + i + "]",
                        "it works on what a mapping network makes of latents, but the networks have none; use such as"
                                + " model: {type: stylegan2}"));
            }
            for (int j = 0; j < i; j++) {
                String reason = conflict(methods.get(j), methods.get(i));
                if (reason != null) {
                    clashes.add(new Clash("methods[" + i + "]", reason + " methods[" + j + "]; leave one out"));
                    break;
                }
            }
        }
        return clashes;
    }

    private static @Nullable String conflict(Method one, Method other) {
        if (one.equals(other)) {
            return "the same as";
        }
        String reason = one.conflict(other);
        if (reason == null) {
            reason = other.conflict(one);
        }
        return reason == null ? null : reason + ": it does not go with";
    }
}
