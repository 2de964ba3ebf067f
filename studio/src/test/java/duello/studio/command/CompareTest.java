package duello.studio.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareTest {
    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
    }

    private Shell.Outcome compare(String... runs) {
        String[] words = new String[runs.length + 5];
        words[0] = "compare";
        System.arraycopy(runs, 0, words, 1, runs.length);
        words[runs.length + 1] = "--runs";
        words[runs.length + 2] = shell.runs().toString();
        words[runs.length + 3] = "--out";
        words[runs.length + 4] = folder.resolve("both").toString();
        return shell.run(words);
    }

    @Test
    void what_two_runs_logged_shares_a_chart_with_a_curve_for_each() throws Exception {
        assertThat(shell.train("one", "train.steps=3").code()).isZero();
        assertThat(shell.train("two", "train.steps=4", "methods=[{type: r1, weight: 1}]")
                        .code())
                .isZero();
        Shell.Outcome outcome = compare("one", "two");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains(folder.resolve("both/index.html").toString());
        assertThat(Files.readString(folder.resolve("both/index.html")))
                .contains("discriminator.adversarial", ">one ", ">two ");
        assertThat(count("polyline", "discriminator.adversarial.svg")).isEqualTo(2);
        assertThat(count("polyline", "discriminator.r1.svg")).isEqualTo(1);
        assertThat(count("path", "discriminator.adversarial.svg")).isZero();
    }

    @Test
    void runs_that_differ_in_nothing_but_their_seed_are_one_curve_in_a_band() throws Exception {
        assertThat(shell.train("one-seed1", "train.steps=3", "train.seed=1").code())
                .isZero();
        assertThat(shell.train("one-seed2", "train.steps=3", "train.seed=2").code())
                .isZero();
        assertThat(shell.train("two", "train.steps=3", "train.batch=4").code()).isZero();
        Shell.Outcome outcome = compare("one-seed1", "two", "one-seed2");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(Files.readString(folder.resolve("both/index.html")))
                .contains("differ in nothing but their seed", ">one-seed1, 2 ", ">two ")
                .doesNotContain("one-seed2");
        assertThat(count("polyline", "discriminator.adversarial.svg")).isEqualTo(2);
        assertThat(count("path", "discriminator.adversarial.svg")).isEqualTo(1);
    }

    /** The elements of a picture, which is read as XML. */
    private int count(String element, String file) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(folder.resolve("both").resolve(file).toFile())
                .getElementsByTagName(element)
                .getLength();
    }

    @Test
    void a_run_that_is_not_there_or_named_twice_is_refused_in_one_line() throws IOException {
        assertThat(shell.train("one", "train.steps=1").code()).isZero();
        Shell.Outcome absent = compare("one", "none");
        assertThat(absent.code()).isEqualTo(2);
        assertThat(absent.errors()).singleElement().asString().contains("'none' is no run");
        Shell.Outcome twice = compare("one", "one");
        assertThat(twice.code()).isEqualTo(2);
        assertThat(twice.errors()).singleElement().asString().contains("same name");
        assertThat(folder.resolve("both")).doesNotExist();
    }
}
