package duello.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duello.catalog.Failure;
import duello.io.DType;
import duello.io.NdArray;
import duello.torch.Devices;
import duello.torch.Draws;
import duello.torch.Module;
import duello.torch.Ops;
import duello.torch.Scope;
import duello.torch.SeededDraws;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tensors become arrays and files and come back unchanged. */
class WeightsTest {
    private static final NdArray VALUES = NdArray.of(new float[] {1, 0, 3, 100, 5, 6}, 2, 3);

    @ParameterizedTest
    @EnumSource
    void everyElementTypeComesBackBitForBit(DType dtype) {
        NdArray array = VALUES.to(dtype);
        try (Scope scope = Scope.open()) {
            assertThat(Weights.array(Weights.tensor(array))).isEqualTo(array);
        }
    }

    @Test
    void scalarsHaveNoAxesAndEmptyTensorsNoBytes() {
        try (Scope scope = Scope.open()) {
            NdArray counter = NdArray.of(new long[] {7});
            assertThat(Ops.shape(Weights.tensor(counter))).isEmpty();
            assertThat(Weights.array(Weights.tensor(counter))).isEqualTo(counter);
            NdArray empty = NdArray.of(new float[0], 0, 4);
            assertThat(Weights.array(Weights.tensor(empty))).isEqualTo(empty);
        }
    }

    @Test
    void arraysAreRowMajorWhateverTheTensorsLayout() {
        try (Scope scope = Scope.open()) {
            Tensor x = Ops.range(2 * 3 * 4 * 5, Devices.CPU).view(2, 3, 4, 5).to(torch.ScalarType.Float);
            NdArray rowMajor = Weights.array(x);
            assertThat(Weights.array(Ops.channelsLast(x))).isEqualTo(rowMajor);
            assertThat(Weights.array(x.transpose(0, 1).contiguous().transpose(0, 1)))
                    .isEqualTo(rowMajor);
            assertThat(Weights.array(x.transpose(0, 1)).shape()).containsExactly(3, 2, 4, 5);
            assertThat(Weights.array(x.transpose(0, 1)).toFloats())
                    .startsWith(0, 1, 2)
                    .contains(60, 119);
        }
    }

    @Test
    void theTensorIsACopy() {
        try (Scope scope = Scope.open()) {
            NdArray array = NdArray.of(new float[] {1, 2}, 2);
            Weights.tensor(array).add_(Ops.scalar(5));
            assertThat(array.toFloats()).containsExactly(1, 2);
        }
    }

    @Test
    void aModuleSurvivesAFile(@TempDir Path folder) {
        Path file = folder.resolve("m.safetensors");
        try (Scope scope = Scope.open()) {
            Module saved = module(1);
            Weights.write(file, saved.state(), Map.of("network", "test"));
            Module loaded = module(2);
            assertThat(Weights.arrays(loaded.state())).isNotEqualTo(Weights.arrays(saved.state()));
            loaded.load(Weights.read(file), "m.safetensors");
            assertThat(Weights.arrays(loaded.state())).isEqualTo(Weights.arrays(saved.state()));
            assertThat(loaded.state().keySet()).containsExactly("weight", "count");
        }
    }

    @Test
    void aStateDictOfAnotherNetworkIsRefusedAndChangesNothing() {
        try (Scope scope = Scope.open()) {
            Module module = module(1);
            Map<String, NdArray> before = Weights.arrays(module.state());
            Map<String, NdArray> other = Map.of("weight", VALUES, "surplus", VALUES);
            assertThatThrownBy(() -> Weights.load(other, module, "other.pth"))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("other.pth")
                    .hasMessageContaining("'weight' has shape [2, 3] instead of [3, 2]")
                    .hasMessageContaining("'count' is missing")
                    .hasMessageContaining("'surplus' is surplus");
            assertThat(Weights.arrays(module.state())).isEqualTo(before);
        }
    }

    private static Module module(long seed) {
        Draws draws = new SeededDraws(seed, Devices.CPU);
        Module module = new Module();
        module.parameter("weight", draws.normal(3, 2));
        module.buffer("count", draws.ints(100_000));
        return module;
    }
}
