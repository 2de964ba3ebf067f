package duello.studio.command;

import static org.assertj.core.api.Assertions.assertThat;

import duello.io.Images;
import duello.io.Rgb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that take a file of PyTorch-StudioGAN as it is. */
class StudioGanFileTest {
    private static final String DCGAN = """
            DATA:
              name: "Baby_ImageNet"
              img_size: 32
              num_classes: 1
            MODEL:
              backbone: "deep_conv"
              g_conv_dim: "N/A"
              d_conv_dim: "N/A"
            OPTIMIZATION:
              batch_size: 4
              d_updates_per_step: 1
              total_steps: 2
            """;

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("DCGAN.yaml"), text).toString();
    }

    private String photos() throws IOException {
        Path photos = Files.createDirectory(folder.resolve("photos"));
        for (int i = 0; i < 12; i++) {
            byte[] planar = new byte[3 * 32 * 32];
            for (int p = 0; p < planar.length; p++) {
                planar[p] = (byte) (p * (i + 3));
            }
            Files.write(photos.resolve(i + ".png"), Images.encodePng(new Rgb(32, 32, planar)));
        }
        return photos.toString();
    }

    @Test
    void it_trains_on_a_folder_of_pictures() throws IOException {
        Shell.Outcome outcome = shell.run(
                "train",
                file(DCGAN),
                "--data",
                photos(),
                "model.generator.width=8",
                "model.discriminator.width=8",
                "train.device=cpu",
                "run.columns=2",
                "--no-scores",
                "--runs",
                shell.runs().toString());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("2 iterations", "DCGAN of PyTorch-StudioGAN");
        assertThat(outcome.err())
                .contains("duello: note: ", "the reference runs 3 iterations")
                .doesNotContain("DATA.name");
    }

    @Test
    void without_pictures_it_says_how_to_name_them() throws IOException {
        Shell.Outcome outcome =
                shell.run("train", file(DCGAN), "--runs", shell.runs().toString());
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("name it with --data DIR or data.path=DIR", "data/Baby_ImageNet");
        assertThat(shell.runs()).doesNotExist();
    }

    @Test
    void converted_it_is_a_recipe_with_its_notes_as_comments() throws IOException {
        Shell.Outcome outcome = shell.run("recipes", "convert", file(DCGAN), "--data", "my photos");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).startsWith("# ").contains("path: \"my photos\"", "\nmodel:\n  type: deep_conv\n");
        Path ours = Files.writeString(folder.resolve("ours.yaml"), outcome.out());
        assertThat(shell.run("recipes", "check", ours.toString()).code()).isZero();
    }

    @Test
    void what_cannot_be_trained_is_wrong_use() throws IOException {
        Shell.Outcome outcome = shell.run(
                "recipes",
                "convert",
                file(DCGAN.replace("d_updates_per_step", "d_updates").replace("\"deep_conv\"", "x")));
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.errors()).hasSize(2);
        assertThat(outcome.errors().get(0)).contains("DCGAN.yaml:6:13", "MODEL.backbone: \"x\" is none of");
        assertThat(outcome.errors().get(1)).contains("unknown key 'd_updates'", "did you mean 'd_updates_per_step'?");
    }
}
