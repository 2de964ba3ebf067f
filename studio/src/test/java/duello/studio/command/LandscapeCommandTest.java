package duello.studio.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LandscapeCommandTest {
    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
    }

    private Shell.Outcome landscape(String... words) {
        List<String> all =
                new ArrayList<>(List.of("landscape", "--runs", shell.runs().toString()));
        for (List<String> option : List.of(List.of("--points", "3"), List.of("--images", "16"))) {
            if (!List.of(words).contains(option.get(0))) {
                all.addAll(option);
            }
        }
        all.addAll(List.of("--out", folder.resolve("seen").toString()));
        all.addAll(List.of(words));
        return shell.run(all.toArray(String[]::new));
    }

    private Path seen(String file) {
        return folder.resolve("seen").resolve(file);
    }

    private int count(String file, String element) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(seen(file).toFile())
                .getElementsByTagName(element)
                .getLength();
    }

    @Test
    void twoRunsHaveContoursAndSurfacesOfEveryPartOfBothPlayers() throws Exception {
        assertThat(shell.train("plain", "train.steps=2").code()).isZero();
        assertThat(shell.train("fixed", "train.steps=2", "methods=[{type: r1, weight: 1}]")
                        .code())
                .isZero();
        Shell.Outcome outcome = landscape("plain", "fixed", "--player", "discriminator,generator");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains(seen("index.html").toString());
        assertThat(Files.readString(seen("index.html"))).contains("plain", "fixed", "curvature");
        for (String run : List.of("plain", "fixed")) {
            for (String part : List.of("discriminator-adversarial", "discriminator-total", "generator-adversarial")) {
                assertThat(count(run + "-" + part + "-surface.svg", "polygon")).isEqualTo(4);
                assertThat(seen(run + "-" + part + "-contour.svg")).exists();
            }
        }
        assertThat(seen("fixed-discriminator-r1-contour.svg")).exists();
        assertThat(seen("plain-discriminator-r1-contour.svg")).doesNotExist();
    }

    @Test
    void alongOneAxisThereAreCurves() throws Exception {
        assertThat(shell.train("plain", "train.steps=1").code()).isZero();
        Shell.Outcome outcome = landscape("plain", "--axes", "1");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(count("discriminator-adversarial.svg", "polyline")).isEqualTo(1);
    }

    @Test
    void aLandscapeThatWasStoppedGoesOnAsIfItHadNot() throws IOException {
        assertThat(shell.train("plain", "train.steps=1").code()).isZero();
        assertThat(landscape("plain").code()).isZero();
        Path file = seen("plain-discriminator-2d.jsonl");
        List<String> whole = Files.readAllLines(file);
        assertThat(whole).hasSize(1 + 9 + 1);
        // As a process that died while it wrote the sixth line leaves it.
        Files.writeString(
                file,
                String.join("\n", whole.subList(0, 5)) + "\n" + whole.get(5).substring(0, 9));
        assertThat(landscape("plain").code()).isZero();
        assertThat(Files.readAllLines(file)).isEqualTo(whole);
    }

    @Test
    void whatCannotBeDrawnIsRefusedInOneLine() {
        assertThat(shell.train("plain", "train.steps=1").code()).isZero();
        refused(landscape("plain", "--points", "4"), "odd number");
        refused(landscape("plain", "--images", "3"), "less than one batch");
        refused(landscape("plain", "--axes", "3"), "1 or 2");
        refused(landscape("plain", "--range", "0"), "above 0");
        refused(landscape("plain", "plain"), "two of these");
        assertThat(landscape("plain").code()).isZero();
        refused(landscape("none"), "no run or checkpoint 'none'");
        refused(landscape("plain", "--seed", "4"), "other weights or settings");
    }

    private static void refused(Shell.Outcome outcome, String why) {
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.errors()).singleElement().asString().contains(why);
    }
}
