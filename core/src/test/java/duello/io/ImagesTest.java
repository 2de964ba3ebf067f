package duello.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duello.catalog.Failure;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImagesTest {
    private static final ImageOptions ANY_SIZE = new ImageOptions(Background.WHITE, 1);

    @TempDir
    Path folder;

    @Test
    void pngKeepsEveryByte() {
        Rgb image = GoldenPictures.formula(3, 19);
        assertThat(decode(Images.encodePng(image))).isEqualTo(image);
    }

    @Test
    void theGridIsTheCanvasOfStudioGan() throws Exception {
        List<Rgb> tiles = IntStream.range(30, 40)
                .mapToObj(n -> GoldenPictures.formula(n, 8))
                .toList();
        assertThat(Images.grid(tiles, 8, 0, Background.BLACK))
                .isEqualTo(GoldenPictures.picture("analyses/canvas_10_images_8_columns.png"));
    }

    @Test
    void theGridPadsAroundAndBetween() {
        Rgb grid = Images.grid(
                List.of(GoldenPictures.formula(1, 4), GoldenPictures.formula(2, 4)), 5, 1, Background.parse("#0a0b0c"));
        assertThat(grid.width()).isEqualTo(11);
        assertThat(grid.height()).isEqualTo(6);
        assertThat(IntStream.range(0, 3).map(c -> grid.value(c, 3, 5))).containsExactly(10, 11, 12);
        assertThat(grid.crop(6, 1, 4, 4)).isEqualTo(GoldenPictures.formula(2, 4));
    }

    @Test
    void greyIsNotBrightened() throws Exception {
        BufferedImage grey = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY);
        grey.getRaster().setSample(1, 2, 0, 100);
        Rgb image = decode(Pictures.encode(grey, "png"));
        assertThat(IntStream.range(0, 3).map(c -> image.value(c, 2, 1))).containsOnly(100);
    }

    @Test
    void sixteenBitsKeepTheHighByte() throws Exception {
        BufferedImage grey = new BufferedImage(2, 2, BufferedImage.TYPE_USHORT_GRAY);
        grey.getRaster().setSample(0, 0, 0, 0x7FFF);
        assertThat(decode(Pictures.encode(grey, "png")).value(1, 0, 0)).isEqualTo(0x7F);
        ComponentColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, Transparency.OPAQUE, DataBuffer.TYPE_USHORT);
        WritableRaster raster = model.createCompatibleWritableRaster(2, 2);
        raster.setPixel(1, 1, new int[] {0x01FF, 0x8000, 0xFFFF});
        Rgb deep = decode(Pictures.encode(new BufferedImage(model, raster, false, null), "png"));
        assertThat(IntStream.range(0, 3).map(c -> deep.value(c, 1, 1))).containsExactly(1, 0x80, 0xFF);
    }

    @ParameterizedTest
    @CsvSource({"white, 227, 177", "black, 100, 50", "#00ff00, 100, 177", "drop, 200, 100"})
    void transparencyIsLaidOnTheBackground(String background, int red, int green) throws Exception {
        BufferedImage glass = new BufferedImage(3, 3, BufferedImage.TYPE_INT_ARGB);
        glass.setRGB(0, 0, 0x80C86400);
        Rgb image = Images.decode(
                Pictures.encode(glass, "png"), "glass.png", new ImageOptions(Background.parse(background), 1));
        assertThat(image.value(0, 0, 0)).isEqualTo(red);
        assertThat(image.value(1, 0, 0)).isEqualTo(green);
    }

    @Test
    void palettesAreExpanded() throws Exception {
        for (String format : List.of("gif", "png", "bmp")) {
            Rgb image = decode(Pictures.encode(Pictures.palette(), format));
            assertThat(IntStream.range(0, 3).map(c -> image.value(c, 0, 1)))
                    .as(format)
                    .containsExactly(10, 200, 30);
        }
    }

    @Test
    void losslessWebpIsRead() {
        Rgb image = decode(Pictures.webp(new Size(6, 4), new int[] {0x11, 0x21}, 0x90, 0xC3));
        assertThat(image.width()).isEqualTo(6);
        assertThat(image.height()).isEqualTo(4);
        assertThat(IntStream.range(0, 3).map(c -> image.value(c, 0, 0))).containsExactly(0x90, 0x11, 0xC3);
        assertThat(IntStream.range(0, 3).map(c -> image.value(c, 0, 1))).containsExactly(0x90, 0x21, 0xC3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void jpegStaysNearItsOriginal(boolean progressive) throws Exception {
        byte[] file = Pictures.jpeg(Pictures.smooth(40, 24), progressive);
        assertNear(decode(file), Pictures.rgb(Pictures.smooth(40, 24)), 6);
    }

    @Test
    void cmykIsReadAsAdobeStoresItInverted() throws Exception {
        Rgb image = decode(Pictures.cmykJpeg(16, 16, 255, 128, 0, 200));
        // full light of red; half of green; none of blue; all dimmed by the black ink
        assertThat(image.value(0, 8, 8)).isBetween(198, 202);
        assertThat(image.value(1, 8, 8)).isBetween(98, 103);
        assertThat(image.value(2, 8, 8)).isBetween(0, 2);
    }

    /** The corner of the upright picture that is red, for each way the stored one was turned. */
    @ParameterizedTest
    @CsvSource({
        "1, 40, 24, 0, 0", "2, 40, 24, 39, 0", "3, 40, 24, 39, 23", "4, 40, 24, 0, 23",
        "5, 24, 40, 0, 0", "6, 24, 40, 23, 0", "7, 24, 40, 23, 39", "8, 24, 40, 0, 39"
    })
    void orientationIsApplied(int tag, int width, int height, int x, int y) throws Exception {
        BufferedImage stored = new BufferedImage(40, 24, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64; i++) {
            stored.setRGB(i % 8, i / 8, 0xFF0000);
        }
        for (int i = 0; i < 64; i++) {
            stored.setRGB(32 + i % 8, i / 8, 0x0000FF);
        }
        byte[] exif = Pictures.exif(tag);
        for (byte[] file : List.of(
                Pictures.withJpegExif(Pictures.jpeg(stored, false), exif),
                Pictures.withPngExif(Pictures.encode(stored, "png"), exif))) {
            Rgb upright = decode(file);
            assertThat(new Size(upright.width(), upright.height())).isEqualTo(new Size(width, height));
            assertThat(upright.value(0, y, x)).isGreaterThan(200);
            int blue = 0;
            for (int corner = 0; corner < 4; corner++) {
                blue += upright.value(2, corner / 2 * (height - 1), corner % 2 * (width - 1)) > 200 ? 1 : 0;
            }
            assertThat(blue).isEqualTo(1);
        }
    }

    @Test
    void orientationSixIsAClockwiseTurn() {
        Rgb two = new Rgb(2, 1, new byte[] {1, 2, 1, 2, 1, 2});
        assertThat(new ExifOrientation(6).apply(two)).isEqualTo(new Rgb(1, 2, two.planar()));
        assertThat(new ExifOrientation(8).apply(two)).isEqualTo(new Rgb(1, 2, new byte[] {2, 1, 2, 1, 2, 1}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "gif", "bmp", "tiff", "webp"})
    void aFileCutAnywhereIsAFailureThatNamesIt(String format) throws Exception {
        byte[] whole = format.equals("webp")
                ? Pictures.webp(new Size(64, 64), new int[] {9, 99}, 3, 4)
                : Pictures.encode(Pictures.smooth(64, 64), format);
        assertThat(decode(whole).width()).isEqualTo(64);
        for (double part : new double[] {0.9, 0.5, 0.1, 0.005}) {
            byte[] cut = Arrays.copyOf(whole, (int) (whole.length * part));
            assertThatThrownBy(() -> decode(cut))
                    .as("%s cut to %s", format, part)
                    .isInstanceOf(Failure.class)
                    .hasMessageStartingWith("here.img: ")
                    .hasMessageNotContaining("\n");
        }
    }

    /** Whatever bytes are changed, decoding ends in a picture or a failure, never in another exception. */
    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "gif", "bmp", "tiff", "webp"})
    void damageNeverEscapesAsSomethingElse(String format) throws Exception {
        byte[] whole = format.equals("webp")
                ? Pictures.webp(new Size(16, 16), new int[] {1, 2}, 3, 4)
                : Pictures.encode(Pictures.smooth(16, 16), format);
        java.util.Random random = new java.util.Random(7);
        int failures = 0;
        for (int i = 0; i < 60; i++) {
            byte[] hurt = whole.clone();
            for (int k = 0; k < 4; k++) {
                hurt[random.nextInt(Math.min(hurt.length, 400))] = (byte) random.nextInt();
            }
            try {
                decode(hurt);
            } catch (Failure e) {
                failures++;
                assertThat(e).hasMessageStartingWith("here.img: ").hasMessageNotContaining("\n");
            }
        }
        assertThat(failures).isPositive();
    }

    @Test
    void bombsAreRefusedBeforeTheyAreDecoded() throws Exception {
        byte[] png = Images.encodePng(GoldenPictures.formula(0, 4));
        for (int[] size : new int[][] {{20_001, 4}, {4, 20_001}, {19_999, 19_999}, {Integer.MAX_VALUE, 2}}) {
            byte[] bomb = png.clone();
            ByteBuffer.wrap(bomb).putInt(16, size[0]).putInt(20, size[1]);
            Pictures.fixHeaderChecksum(bomb);
            assertThatThrownBy(() -> decode(bomb)).isInstanceOf(Failure.class).hasMessageContaining("too large");
        }
        ByteBuffer.wrap(png).putInt(16, 9_000).putInt(20, 9_000);
        Pictures.fixHeaderChecksum(png);
        assertThatThrownBy(() -> decode(png)).isInstanceOf(Failure.class).hasMessageContaining("cannot hold");
    }

    @Test
    void whatIsNoPictureIsSaidSo() throws Exception {
        Path text = Files.writeString(folder.resolve("photo.jpg"), "<html>not found</html>");
        assertThatThrownBy(() -> Images.decode(text, ANY_SIZE))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("photo.jpg: is no PNG");
        Path empty = Files.createFile(folder.resolve("empty.png"));
        assertThatThrownBy(() -> Images.decode(empty, ANY_SIZE)).hasMessageContaining("is empty");
        assertThatThrownBy(() -> Images.decode(folder.resolve("none.png"), ANY_SIZE))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("none.png");
        byte[] dot = Images.encodePng(GoldenPictures.formula(0, 1));
        assertThatThrownBy(() -> Images.decode(dot, "dot.png", ImageOptions.DEFAULT))
                .hasMessage("dot.png: 1 x 1 is too small; at least 2 a side");
    }

    @Test
    void inspectionSaysGreyAndAlpha() throws Exception {
        Path file = folder.resolve("a.png");
        Files.write(file, Pictures.encode(new BufferedImage(5, 7, BufferedImage.TYPE_BYTE_GRAY), "png"));
        assertThat(Images.inspect(file, ANY_SIZE)).isEqualTo(new ImageInfo(new Size(5, 7), "png", true, false));
        Files.write(file, Pictures.encode(new BufferedImage(5, 7, BufferedImage.TYPE_INT_ARGB), "png"));
        assertThat(Images.inspect(file, ANY_SIZE).alpha()).isTrue();
    }

    @Test
    void aBackgroundThatIsNoColourIsRefused() {
        assertThatThrownBy(() -> Background.parse("#12345"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("#rrggbb");
    }

    private static Rgb decode(byte[] bytes) {
        return Images.decode(bytes, "here.img", ANY_SIZE);
    }

    private static void assertNear(Rgb actual, Rgb expected, int tolerance) {
        assertThat(actual.width()).isEqualTo(expected.width());
        for (int i = 0; i < expected.planar().length; i++) {
            int difference = (actual.planar()[i] & 0xFF) - (expected.planar()[i] & 0xFF);
            assertThat(Math.abs(difference)).isLessThanOrEqualTo(tolerance);
        }
    }
}
