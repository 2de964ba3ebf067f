package duello.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import duello.io.Golden;
import duello.io.NdArray;
import duello.io.PthReader;
import duello.torch.Module;
import duello.torch.Scope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The networks reproduce what the published implementation computes from the same weights: outputs, losses, gradients of
 * first and second order, moved buffers and one optimiser step. Every stored entry is compared; one that is not
 * understood fails its test.
 */
class GoldenNetworksTest {
    private static final String GIVEN = "in";

    @TestFactory
    Stream<DynamicNode> everyFixture() {
        Path root = Golden.folder();
        Allowances allowances = Allowances.of(root);
        List<Fixture> fixtures = Fixture.below(root);
        assertThat(fixtures).extracting(Fixture::family).containsAll(FixtureNetworks.FAMILIES);
        return fixtures.stream()
                .filter(f -> !DeshuffleNetworksTest.deshuffle(f) && !RosinalityNetworksTest.rosinality(f))
                .map(f -> node(f, allowances));
    }

    private static DynamicNode node(Fixture fixture, Allowances allowances) {
        if (!FixtureNetworks.FAMILIES.contains(fixture.family())) {
            return DynamicTest.dynamicTest(
                    fixture.name(), () -> assumeTrue(false, "there is no family " + fixture.family() + " yet"));
        }
        List<DynamicTest> tests = new ArrayList<>();
        for (String network : List.of("G", "D", "G_ema")) {
            if (fixture.has(network)) {
                tests.add(DynamicTest.dynamicTest(
                        network + " is the same in both containers", () -> sameInBothContainers(fixture, network)));
            }
        }
        tests.add(DynamicTest.dynamicTest(
                "state dicts have the reference's keys in its order", () -> keysInOrder(fixture)));
        groups(fixture)
                .forEach(group -> tests.add(DynamicTest.dynamicTest(group, () -> compare(fixture, group, allowances))));
        return DynamicContainer.dynamicContainer(fixture.name(), tests);
    }

    private static TreeSet<String> groups(Fixture fixture) {
        TreeSet<String> groups = new TreeSet<>();
        fixture.io().keySet().forEach(entry -> groups.add(entry.substring(0, entry.indexOf('/'))));
        groups.remove(GIVEN);
        return groups;
    }

    private static void sameInBothContainers(Fixture fixture, String network) {
        Map<String, NdArray> pth =
                PthReader.stateDict(fixture.checkpoint(network).get("state_dict"), network);
        assertThat(pth).isNotEmpty().isEqualTo(fixture.weights(network));
    }

    private static void keysInOrder(Fixture fixture) {
        try (Scope scope = Scope.open()) {
            FixtureNetworks networks = new FixtureNetworks(fixture);
            FixtureNetworks.Players players = networks.against(networks.generator("G"));
            assertKeys(fixture, "G", players.table().generator().module());
            assertKeys(fixture, "D", players.table().discriminator().module());
        }
    }

    private static void assertKeys(Fixture fixture, String network, Module module) {
        assertThat(module.state().keySet())
                .containsExactlyElementsOf(
                        PthReader.stateDict(fixture.checkpoint(network).get("state_dict"), network)
                                .keySet());
    }

    private static void compare(Fixture fixture, String group, Allowances allowances) {
        try (Scope scope = Scope.open()) {
            Map<String, double[]> ours = FixtureGroups.compute(fixture, group);
            Map<String, String> faults = new LinkedHashMap<>();
            List<String> notUnderstood = new ArrayList<>();
            int compared = 0;
            for (Map.Entry<String, NdArray> entry : fixture.io().entrySet()) {
                String name = entry.getKey();
                if (!name.startsWith(group + "/")) {
                    continue;
                }
                double[] values = ours.get(name);
                if (values == null) {
                    notUnderstood.add(name);
                    continue;
                }
                compared++;
                double used = allowances.used(name, values, entry.getValue().toDoubles());
                if (!(used <= 1)) {
                    faults.put(name, used + " times what is allowed");
                }
            }
            assertThat(notUnderstood).as("entries that are not understood").isEmpty();
            assertThat(faults).as("entries that differ").isEmpty();
            assertThat(compared).isPositive();
        }
    }
}
