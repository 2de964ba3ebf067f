package duello.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bench/study.sh} makes of a plan, with a program in Duello's place that notes how it was called. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is for sh")
class StudyScriptTest {
    private static final String DUELLO = """
            #!/bin/sh
            [ "$1" = --version ] && exit
            echo "$@" >> CALLS
            while [ $# -gt 4 ]; do shift; done
            mkdir -p "$4/$2"
            case $2 in broken*) exit 1 ;; esac
            echo '  "state" : "DONE",' > "$4/$2/run.json"
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void checkout() throws IOException {
        Files.createDirectory(folder.resolve("bench"));
        Files.copy(Path.of("study.sh"), folder.resolve("bench/study.sh"));
        script("duello", DUELLO.replace("CALLS", folder.resolve("calls").toString()));
        script("bench/run.sh", "#!/bin/sh\n");
    }

    private void script(String name, String text) throws IOException {
        assertThat(Files.writeString(folder.resolve(name), text).toFile().setExecutable(true))
                .isTrue();
    }

    private record Outcome(List<String> calls, String said) {}

    /** Runs the plan, with words behind the folder of the runs. */
    private Outcome study(String plan, String... words) throws Exception {
        Files.writeString(folder.resolve("plan"), plan);
        Files.deleteIfExists(folder.resolve("calls"));
        List<String> command = new ArrayList<>(List.of("sh", "bench/study.sh", "plan", "runs"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        Path calls = folder.resolve("calls");
        return new Outcome(Files.exists(calls) ? Files.readAllLines(calls) : List.of(), said);
    }

    private static String call(String words, String run) {
        return words + " --quiet --name " + run + " --runs runs";
    }

    @Test
    void settingsOfALineStandBehindThoseForAllAboveItAndBeforeThoseOfTheMoment() throws Exception {
        String plan = """
                # A comment.
                first 0 shapes/dcgan
                all train.steps=9
                all run.log_every=3
                second 0,1 shapes/acgan methods[0]={"type":"r1"}
                third 5 shapes/dcgan
                """;
        assertThat(study(plan, "1", "train.batch=2", "train.flip=false").calls())
                .containsExactly(
                        call("train shapes/dcgan train.seed=0 train.batch=2 train.flip=false", "first-seed0"),
                        call(
                                "train shapes/acgan train.steps=9 run.log_every=3 methods[0]={\"type\":\"r1\"}"
                                        + " train.seed=0 train.batch=2 train.flip=false",
                                "second-seed0"),
                        call(
                                "train shapes/dcgan train.steps=9 run.log_every=3 train.seed=5 train.batch=2"
                                        + " train.flip=false",
                                "third-seed5"),
                        call(
                                "train shapes/acgan train.steps=9 run.log_every=3 methods[0]={\"type\":\"r1\"}"
                                        + " train.seed=1 train.batch=2 train.flip=false",
                                "second-seed1"));
    }

    @Test
    void adaptationsStartFromTheSourceAboveThemWhenAllAboveItIsFinished() throws Exception {
        String plan = """
                base 1,2 faces/stylegan2
                source base-seed1
                one 1,2 adapt/tgan
                source runs/elsewhere
                other 1 adapt/tgan-ada train.steps=4
                """;
        List<String> calls = study(plan, "3").calls();
        assertThat(calls).hasSize(5);
        assertThat(calls.subList(0, 2))
                .containsExactlyInAnyOrder(
                        call("train faces/stylegan2 train.seed=1", "base-seed1"),
                        call("train faces/stylegan2 train.seed=2", "base-seed2"));
        assertThat(calls.subList(2, 4))
                .containsExactlyInAnyOrder(
                        call("adapt base-seed1 --method tgan train.seed=1", "one-seed1"),
                        call("adapt base-seed1 --method tgan train.seed=2", "one-seed2"));
        assertThat(calls.get(4))
                .isEqualTo(call("adapt runs/elsewhere --method tgan-ada train.steps=4 train.seed=1", "other-seed1"));
    }

    @Test
    void whatIsFinishedStaysAndWhatIsNotBeginsAgain() throws Exception {
        String plan = "good 0 shapes/dcgan\nbroken 0 shapes/dcgan\n";
        Outcome first = study(plan);
        assertThat(first.calls()).hasSize(2);
        assertThat(first.said()).contains("broken-seed0 failed").doesNotContain("good-seed0 failed");
        Files.createFile(folder.resolve("runs/broken-seed0/left"));
        assertThat(study(plan).calls()).containsExactly(call("train shapes/dcgan train.seed=0", "broken-seed0"));
        assertThat(folder.resolve("runs/broken-seed0/left")).doesNotExist();
    }

    @Test
    void nothingStartsFromARunOfTheStudyThatIsNotFinished() throws Exception {
        Outcome outcome = study("broken 0 faces/stylegan2\nsource broken-seed0\none 1 adapt/tgan\n");
        assertThat(outcome.calls()).hasSize(1);
        assertThat(outcome.said()).contains("one-seed1 failed: broken-seed0, which it starts from, is not finished");
    }

    @Test
    void whereNothingStandsNothingIsTouched() throws Exception {
        Path kept = Files.createDirectories(folder.resolve("runs/kept"));
        assertThat(study("source kept\n", "1", "train.steps=1").calls()).isEmpty();
        assertThat(kept).isDirectory();
    }

    @Test
    void everyShippedPlanNamesRecipesThatAreThere() throws IOException {
        try (var plans = Files.list(Path.of("studies"))) {
            assertThat(plans)
                    .isNotEmpty()
                    .allSatisfy(plan -> assertThat(Files.readAllLines(plan))
                            .filteredOn(line -> !line.startsWith("#") && line.split(" ").length > 2)
                            .filteredOn(line -> !line.startsWith("all "))
                            .allSatisfy(line -> assertThat(Path.of("../recipes", line.split(" ")[2] + ".yaml"))
                                    .exists()));
        }
    }
}
