package duello.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duello.io.PillowResampler.Filter;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PillowResamplerTest {
    private static final Size SOURCE = new Size(37, 53);

    @ParameterizedTest
    @EnumSource
    void everyFilterRepeatsPillowByteForByte(Filter filter) throws Exception {
        Rgb source = GoldenPictures.picture("resize/src.png");
        for (int side : new int[] {64, 16}) {
            String name = filter.name().toLowerCase(Locale.ROOT);
            Rgb golden = GoldenPictures.picture("resize/pil_uint8_%s_%dx%d.png".formatted(name, side, side));
            assertThat(PillowResampler.resize(source, side, side, filter)).isEqualTo(golden);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BILINEAR", "BICUBIC", "LANCZOS"})
    void theCentreSquareIsCutBeforeResizing(Filter filter) throws Exception {
        String name = filter.name().toLowerCase(Locale.ROOT);
        Rgb golden = GoldenPictures.picture("resize/centre_crop_then_%s_32x32.png".formatted(name));
        assertThat(PillowResampler.squareTo(GoldenPictures.picture("resize/src.png"), 32, filter))
                .isEqualTo(golden);
    }

    @ParameterizedTest
    @CsvSource({
        "studiogan_clean_pil_bicubic_noclip, BICUBIC",
        "studiogan_friendly_pil_bilinear, BILINEAR",
        "studiogan_friendly_pil_lanczos, LANCZOS"
    })
    void theFloatModeRepeatsPillowsAndKeepsOvershoot(String name, Filter filter) throws Exception {
        for (int side : new int[] {64, 16}) {
            float[] out = PillowResampler.resizeFloat(source(), SOURCE, new Size(side, side), filter);
            assertClose(out, GoldenPictures.planes("resize/float_%s_%dx%d.npy".formatted(name, side, side)), 1e-4f);
        }
    }

    @Test
    void cleanFidIsBicubicAndThenClipped() throws Exception {
        for (int side : new int[] {64, 16}) {
            float[] out = PillowResampler.resizeFloat(source(), SOURCE, new Size(side, side), Filter.BICUBIC);
            for (int i = 0; i < out.length; i++) {
                out[i] = Math.max(0, Math.min(255, out[i]));
            }
            String name = "resize/float_cleanfid_clean_pil_bicubic_clipped_%dx%d.npy".formatted(side, side);
            assertClose(out, GoldenPictures.planes(name), 1e-4f);
        }
    }

    @ParameterizedTest
    @CsvSource({"studiogan_legacy_torch, HALF_PIXEL", "tf1, TENSORFLOW1"})
    void bothBilinearGridsWithoutAntialiasMatch(String name, BilinearResampler.Grid grid) throws Exception {
        for (int side : new int[] {64, 16}) {
            float[] out = BilinearResampler.resize(source(), SOURCE, new Size(side, side), grid);
            assertClose(
                    out,
                    GoldenPictures.planes("resize/float_%s_bilinear_%dx%d.npy".formatted(name, side, side)),
                    2e-3f);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUnchangedSizePassesUnchanged(Filter filter) throws Exception {
        Rgb source = GoldenPictures.picture("resize/src.png");
        assertThat(PillowResampler.resize(source, 37, 53, filter)).isSameAs(source);
    }

    @ParameterizedTest
    @EnumSource
    void aFlatPictureStaysFlat(Filter filter) {
        byte[] planar = new byte[3 * 50 * 3];
        java.util.Arrays.fill(planar, (byte) 201);
        Rgb resized = PillowResampler.resize(new Rgb(50, 3, planar), 7, 41, filter);
        assertThat(resized.planar()).containsOnly(201);
    }

    @ParameterizedTest
    @CsvSource({"10, 11, 0", "10, 13, 2", "10, 25, 8", "10, 27, 8"})
    void theCropsOffsetIsRoundedHalfToEven(int side, int length, int offset) {
        byte[] planar = new byte[3 * side * length];
        for (int i = 0; i < planar.length; i++) {
            planar[i] = (byte) (i % length);
        }
        assertThat(new Rgb(length, side, planar).centreSquare().value(0, 0, 0)).isEqualTo(offset);
    }

    @Test
    void wrongSizesAreRefused() {
        assertThatThrownBy(() -> PillowResampler.resize(GoldenPictures.formula(0, 4), 0, 4, Filter.BOX))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PillowResampler.resizeFloat(new float[7], new Size(2, 2), new Size(1, 1), Filter.BOX))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static float[] source() throws Exception {
        byte[] planar = GoldenPictures.picture("resize/src.png").planar();
        float[] planes = new float[planar.length];
        for (int i = 0; i < planes.length; i++) {
            planes[i] = planar[i] & 0xFF;
        }
        return planes;
    }

    private static void assertClose(float[] actual, float[] golden, float tolerance) {
        assertThat(actual).hasSameSizeAs(golden);
        float worst = 0;
        for (int i = 0; i < golden.length; i++) {
            worst = Math.max(worst, Math.abs(actual[i] - golden[i]));
        }
        assertThat(worst).isLessThan(tolerance);
    }
}
