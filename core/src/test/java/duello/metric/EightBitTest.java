package duello.metric;

import static org.assertj.core.api.Assertions.assertThat;

import duello.torch.Ops;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Quantisation rounds as the reference does. */
class EightBitTest {
    @Test
    void edgeValuesRoundHalfUpAndAreClamped() {
        JsonNode golden = GoldenEval.json("resize/resize.json").at("/quantisation");
        float[] input = floats(golden.get("input_f32"));
        assertThat(Ops.toFloats(EightBit.levels(Ops.tensor(input, input.length))))
                .containsExactly(floats(golden.get("studiogan_quantize_images")));
    }

    private static float[] floats(JsonNode list) {
        float[] out = new float[list.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = list.get(i).floatValue();
        }
        return out;
    }

    @Test
    void everyByteComesBackExactly() {
        float[] levels = new float[256];
        for (int i = 0; i < 256; i++) {
            levels[i] = i;
        }
        Tensor images = Ops.add(Ops.tensor(levels, 256).div_(Ops.scalar(127.5)), -1);
        assertThat(Ops.toFloats(EightBit.levels(images))).containsExactly(levels);
    }
}
