package duello.studio.command;

import static org.assertj.core.api.Assertions.assertThat;

import duello.io.Images;
import duello.io.Rgb;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is put in wrongly is answered in one line that says what to do, with exit code 2. */
class BadInputTest {
    private static final Path LSUN = Path.of("..", "core", "src", "test", "resources", "lmdb", "lsun.mdb");

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
    }

    private static void refused(Shell.Outcome outcome, String... said) {
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
        assertThat(outcome.errors()).hasSize(1);
        assertThat(outcome.errors().get(0))
                .startsWith("duello: ")
                .contains(said)
                .doesNotContain("Exception");
    }

    private Path recipe(String text) throws IOException {
        return Files.writeString(folder.resolve("my.yaml"), text);
    }

    @Test
    void a_misspelt_key() throws IOException {
        Path file = recipe("extends: shapes/dcgan\ntrain:\n  stepps: 10\n");
        refused(shell.run("train", file.toString()), "my.yaml:3:3", "stepps", "did you mean 'steps'?");
    }

    @Test
    void a_value_of_the_wrong_type() {
        refused(shell.train("x", "train.steps=ten"), "train.steps", "\"ten\" is not a whole number");
    }

    @Test
    void a_value_out_of_range() {
        refused(shell.train("x", "train.batch=0"), "train.batch", "1 to 65536");
    }

    @Test
    void two_faults_are_told_together() throws IOException {
        Path file = recipe("extends: shapes/dcgan\ntrain:\n  stepps: 10\n  batch: many\n");
        Shell.Outcome outcome = shell.run("train", file.toString());
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.errors()).hasSize(2);
        assertThat(outcome.errors().get(0)).contains("my.yaml:3:3");
        assertThat(outcome.errors().get(1)).contains("my.yaml:4:10");
    }

    @Test
    void a_recipe_that_is_not_there() {
        refused(shell.run("train", folder.resolve("none.yaml").toString()), "none.yaml", "duello recipes");
    }

    @Test
    void an_empty_folder() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        refused(shell.run("train", "shapes/dcgan", "--data", empty.toString()), "empty");
        refused(shell.run("data", "check", empty.toString()), "empty");
    }

    @Test
    void a_database_that_is_cut_off_or_none() throws IOException {
        byte[] whole = Files.readAllBytes(LSUN);
        Path church = Files.createDirectory(folder.resolve("church_outdoor_train_lmdb"));
        Files.write(church.resolve("data.mdb"), Arrays.copyOf(whole, whole.length / 2));
        String[] train = {"train", "shapes/dcgan", "--data", church.toString()};
        refused(shell.run(train), "data.mdb: is cut off", "fetch it again");
        refused(shell.run("data", "check", church.toString()), "data.mdb: is cut off", "fetch it again");
        Files.writeString(church.resolve("data.mdb"), "<html>404</html>".repeat(40));
        refused(shell.run(train), "data.mdb: is no LMDB database");
        refused(
                shell.run("train", "shapes/dcgan", "data={type: lsun, path: '" + folder + "', category: bedrom}"),
                "no category 'bedrom'",
                "church_outdoor");
        Files.delete(church.resolve("data.mdb"));
        refused(
                shell.run("train", "shapes/dcgan", "data={type: lsun, path: '" + church + "'}"),
                "holds neither data.mdb nor folders");
    }

    @Test
    void a_value_of_a_database_that_is_no_picture() throws IOException {
        Files.copy(LSUN, folder.resolve("data.mdb"));
        String[] train = {"train", "shapes/dcgan", "--data", folder.toString(), "data.on_corrupt=refuse"};
        refused(shell.run(train), "data.mdb, key ac3478d69a3c81fa62e60f5c3696165a4e5e6ac4: is no PNG");
    }

    @Test
    void a_folder_of_one_class_for_a_recipe_that_learns_classes() throws IOException {
        Path photos = photos(12, 32);
        refused(
                shell.run("train", "shapes/contragan", "train.batch=4", "--data", photos.toString()),
                "one class",
                "shapes/dcgan");
        refused(
                shell.run("train", "shapes/projgan", "train.batch=4", "--data", photos.toString()),
                "one class",
                "shapes/dcgan");
    }

    @Test
    void a_truncated_picture_where_broken_ones_are_refused() throws IOException {
        Path photos = photos(12, 32);
        byte[] png = Files.readAllBytes(photos.resolve("3.png"));
        Files.write(photos.resolve("3.png"), Arrays.copyOf(png, png.length / 2));
        refused(shell.run("train", "shapes/dcgan", "--data", photos.toString(), "data.on_corrupt=refuse"), "3.png");
    }

    @Test
    void pictures_of_a_single_pixel() throws IOException {
        Path photos = photos(1, 1);
        refused(shell.run("train", "shapes/dcgan", "--data", photos.toString(), "data.on_corrupt=refuse"), "1 x 1");
    }

    @Test
    void a_batch_larger_than_the_dataset() {
        refused(shell.train("x", "train.batch=65"), "train.batch is 65", "only 64", "train.batch=64");
    }

    @Test
    void a_device_that_is_missing() {
        Assumptions.assumeFalse(torch.cuda_is_available(), "there is a CUDA device here");
        refused(shell.train("x", "train.device=cuda"), "cuda", "device=cpu");
        assertThat(shell.runs())
                .as("no folder is left of a run that never began")
                .doesNotExist();
    }

    @Test
    void a_file_where_the_runs_folder_should_be() throws IOException {
        Files.writeString(shell.runs(), "in the way");
        refused(shell.train("x", "train.steps=1"), "is a file, not a folder", "--runs");
    }

    @Test
    void a_name_that_leads_elsewhere() {
        refused(shell.train("../x", "train.steps=1"), "cannot name a run");
    }

    @Test
    void something_that_is_no_run() {
        refused(shell.run("generate", folder.resolve("nothing").toString()), "no run or checkpoint");
        refused(shell.run("resume", folder.toString()), "is no run");
    }

    @Test
    void a_score_that_is_not_known() {
        refused(shell.run("evaluate", "x", "--metrics", "fid,recal"), "'recal'", "did you mean 'recall'?");
    }

    private Path photos(int count, int side) throws IOException {
        Path photos = Files.createDirectory(folder.resolve("photos"));
        for (int i = 0; i < count; i++) {
            byte[] planar = new byte[3 * side * side];
            for (int p = 0; p < planar.length; p++) {
                planar[p] = (byte) (p * (i + 3));
            }
            Files.write(photos.resolve(i + ".png"), Images.encodePng(new Rgb(side, side, planar)));
        }
        Files.write(photos.resolve("notes.txt"), "not a picture".getBytes(StandardCharsets.UTF_8));
        return photos;
    }
}
