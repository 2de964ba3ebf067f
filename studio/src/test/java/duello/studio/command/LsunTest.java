package duello.studio.command;

import static org.assertj.core.api.Assertions.assertThat;

import duello.io.ImageOptions;
import duello.io.Images;
import duello.studio.console.Interruption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of LSUN's databases goes wherever a folder of pictures goes. */
class LsunTest {
    private static final Path DATABASE = Path.of("..", "core", "src", "test", "resources", "lmdb", "lsun.mdb");

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void unpack() throws IOException {
        shell = new Shell(folder);
        Path bridge = Files.createDirectories(folder.resolve("lsun/bridge_train_lmdb"));
        Files.copy(DATABASE, bridge.resolve("data.mdb"));
    }

    @Test
    void check_counts_it_and_names_what_is_broken_by_its_key() {
        Shell.Outcome outcome =
                shell.run("data", "check", folder.resolve("lsun").toString());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .contains("# 5 pictures in 1 class(es), 1 bad file(s)", "#   bridge: 5")
                .contains("data.mdb, key ac3478d69a3c81fa62e60f5c3696165a4e5e6ac4: is no PNG")
                .contains("extends: shapes/dcgan", "  type: lsun\n", "  resolution: 32\n");
    }

    @Test
    void check_stops_when_asked_to() {
        Interruption asked = new Interruption();
        asked.wish();
        Shell.Outcome outcome =
                shell.run(asked, "data", "check", folder.resolve("lsun").toString());
        assertThat(outcome.code()).isEqualTo(130);
        assertThat(outcome.errors()).containsExactly("duello: interrupted");
    }

    @Test
    void preview_shows_it() {
        Path sheet = folder.resolve("sheet.png");
        Shell.Outcome outcome =
                shell.run("data", "preview", folder.resolve("lsun").toString(), "--out", sheet.toString());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("5 pictures of 64 px in 1 class(es)");
        assertThat(Images.decode(sheet, ImageOptions.DEFAULT).width()).isGreaterThan(5 * 64);
    }

    @Test
    void a_recipe_trains_on_it() {
        Shell.Outcome outcome = shell.run(
                "train",
                "shapes/dcgan",
                "--data",
                folder.resolve("lsun").toString(),
                "--runs",
                shell.runs().toString(),
                "--no-scores",
                "data.crop=stretch",
                "train.batch=4",
                "train.steps=1",
                "train.device=cpu",
                "model.generator.width=8",
                "model.discriminator.width=8");
        assertThat(outcome.code()).as(outcome.err()).isZero();
    }
}
