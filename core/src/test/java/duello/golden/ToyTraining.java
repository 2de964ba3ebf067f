package duello.golden;

import duello.method.ClassObjective;
import duello.method.Player;
import duello.method.condition.Contrastive;
import duello.method.condition.DataToData;
import duello.torch.Module;
import duello.torch.Ops;
import duello.train.AdamSettings;
import duello.train.AverageSettings;
import duello.train.Precision;
import duello.train.Together;
import duello.train.ToyRun;
import duello.train.TrainSettings;
import duello.train.Turns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import tools.jackson.databind.JsonNode;

/** The two short runs of training: two iterations of several updates and micro batches, by the trainer's own turns. */
final class ToyTraining {
    /** The case's names of tensors, with the modules'. */
    private static final Map<String, String> G = Map.of("W", "linear.weight", "b", "linear.bias", "E", "labels.weight");

    private static final Map<String, String> D = Map.of(
            "W", "linear.weight",
            "b", "linear.bias",
            "w1", "linear1.weight",
            "b1", "linear1.bias",
            "W2", "linear2.weight",
            "b2", "linear2.bias",
            "P", "embedding.weight");

    private final ObjectiveCase given;
    private final Map<String, Tensor> results = new LinkedHashMap<>();

    private ToyTraining(ObjectiveCase given) {
        this.given = given;
    }

    static Map<String, Tensor> run(ObjectiveCase given) {
        ToyTraining training = new ToyTraining(given);
        training.run();
        return training.results;
    }

    private void run() {
        List<ToyRun.Feed> feeds = new ArrayList<>();
        given.inputs().path("steps").forEach(step -> feeds.add(feed(step)));
        ToyRun run = new ToyRun(settings(), objective(), weights("init_g", G), weights("init_d", D));
        for (int i = 0; i < feeds.size(); i++) {
            String prefix = "after_each_step." + i + ".";
            ToyRun.Losses losses = run.iterate(feeds.get(i));
            put(prefix + "step", i);
            results.put(prefix + "d_micro_losses", vector(losses.discriminator()));
            results.put(prefix + "g_micro_losses", vector(losses.generator()));
            double share = 1 / given.parameter("acml_steps");
            put(prefix + "logged_dis_loss", share * last(losses.discriminator()));
            put(prefix + "logged_cls_loss", last(losses.classes()));
            put(prefix + "logged_gen_loss", share * last(losses.generator()));
            state(prefix + "g.", run.table().generator().module(), G);
            state(prefix + "d.", run.table().discriminator().module(), D);
            state(prefix + "g_ema.", run.table().average().module(), G);
        }
    }

    private TrainSettings settings() {
        AdamSettings adam = new AdamSettings(
                given.parameter("lr"), given.parameter("beta1"), given.parameter("beta2"), given.parameter("eps"), 0);
        Turns turns = new Turns(
                (int) given.parameter("d_updates_per_step"), (int) given.parameter("g_updates_per_step"), true);
        AverageSettings average =
                new AverageSettings(given.parameter("g_ema_decay"), (long) given.parameter("g_ema_start"));
        int batch = (int) given.parameter("batch_size");
        int accumulate = (int) given.parameter("acml_steps");
        return new TrainSettings(
                2,
                batch,
                accumulate,
                turns,
                adam,
                adam,
                average,
                false,
                false,
                Precision.FLOAT32,
                Together.STANDARD,
                "cpu",
                0);
    }

    private ClassObjective objective() {
        double weight = given.parameter("cond_lambda");
        double temperature = given.parameter("temperature");
        return switch (given.text("d_cond_mtd")) {
            case "2C" -> new Contrastive(weight, temperature, 2);
            case "D2DCE" -> new DataToData(weight, temperature, given.parameter("m_p"), 2, DataToData.Form.REFERENCE);
            default -> throw new AssertionError(given.text("d_cond_mtd"));
        };
    }

    private Map<String, Tensor> weights(String part, Map<String, String> names) {
        Map<String, Tensor> state = new LinkedHashMap<>();
        names.forEach((theirs, ours) -> {
            Tensor t = ObjectiveCase.tensor(given.inputs().path(part).path(theirs));
            state.put(ours, theirs.equals("w1") ? t.unsqueeze(0) : t);
        });
        return state;
    }

    private static ToyRun.Feed feed(JsonNode step) {
        return new ToyRun.Feed(
                floats(step, "basket_images"),
                whole(step, "basket_labels"),
                Map.of(Player.DISCRIMINATOR, floats(step, "d_z"), Player.GENERATOR, floats(step, "g_z")),
                Map.of(Player.DISCRIMINATOR, whole(step, "d_labels"), Player.GENERATOR, whole(step, "g_labels")));
    }

    private static Tensor floats(JsonNode step, String key) {
        return ObjectiveCase.tensor(step.path(key)).to(ScalarType.Float);
    }

    private static Tensor whole(JsonNode step, String key) {
        return ObjectiveCase.tensor(step.path(key)).to(ScalarType.Long);
    }

    private void state(String prefix, Module module, Map<String, String> names) {
        names.forEach((theirs, ours) -> results.put(
                prefix + theirs, Ops.cloneOf(module.state().get(ours).detach())));
    }

    private void put(String entry, double value) {
        results.put(entry, Ops.tensor(new double[] {value}, 1));
    }

    private static double last(List<Double> values) {
        return values.get(values.size() - 1);
    }

    private static Tensor vector(List<Double> values) {
        return Ops.tensor(values.stream().mapToDouble(v -> v).toArray(), values.size());
    }
}
