package duello.recipe.studiogan;

import duello.recipe.yaml.Problems;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The reference's checks of what goes together, as far as they concern what a file can say, and a few that it forgot. */
final class Rules {
    private Rules() {}

    /** Adds a problem for each rule that is broken and each value that is missing. */
    static void check(Settings settings, Schema schema, Problems problems) {
        Stream.of(NetworkRules.ALL, LossRules.ALL, StyleGanRules.ALL)
                .flatMap(List::stream)
                .forEach(rule -> check(rule, settings, problems));
        Need.ALL.stream()
                .filter(need -> need.when().test(settings))
                .forEach(need -> check(need, settings, schema, problems));
    }

    private static void check(Need need, Settings settings, Schema schema, Problems problems) {
        for (String key : need.keys()) {
            Value value = settings.value(key);
            if (value.content() == Value.Missing.UNSET) {
                Value at = value.written() ? value : settings.value(need.decider());
                String meaning = schema.find(key).map(Key::meaning).orElse("");
                problems.add(
                        at.place(),
                        key + " is missing (" + meaning + "): " + need.what() + " needs it, since "
                                + settings.said(need.decider()));
            }
        }
    }

    private static void check(Rule rule, Settings settings, Problems problems) {
        List<Value> values = rule.keys().stream().map(settings::value).toList();
        if (values.stream().anyMatch(Value::broken) || !rule.broken().test(settings)) {
            return;
        }
        Value at = values.stream().filter(Value::written).findFirst().orElse(values.get(0));
        String said = rule.keys().stream().map(settings::said).collect(Collectors.joining(", "));
        problems.add(at.place(), said + ": " + rule.advice());
    }
}
