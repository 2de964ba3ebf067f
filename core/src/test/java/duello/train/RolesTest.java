package duello.train;

import static org.assertj.core.api.Assertions.assertThat;

import duello.method.Measured;
import duello.method.Stateful;
import duello.torch.Devices;
import duello.torch.Forward;
import duello.torch.Ops;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** What the methods of a run are sorted into. */
class RolesTest {
    private record Holder(Map<String, Tensor> state) implements Stateful, Measured {
        @Override
        public Map<String, Tensor> measures() {
            return state;
        }
    }

    @Test
    void tensorsOfMethodsComeInTheOrderOfTheirNamesWhateverMapHoldsThem() {
        Map<String, Tensor> held = new LinkedHashMap<>();
        List.of("b", "c", "a").forEach(name -> held.put(name, Ops.zeros(Devices.CPU)));
        Roles roles = Roles.of(List.of(new Holder(held), new Holder(held)), Forward.Sum.LOCAL);
        assertThat(roles.state().keySet())
                .containsExactly("0.Holder.a", "0.Holder.b", "0.Holder.c", "1.Holder.a", "1.Holder.b", "1.Holder.c");
        assertThat(roles.measures().keySet()).containsExactly("a", "b", "c");
    }
}
