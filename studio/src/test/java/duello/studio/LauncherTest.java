package duello.studio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as a process of its own, in a distribution or checkout made for the test. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is for sh; duello.bat is the one for Windows")
class LauncherTest {
    private static final Path SCRIPT = Path.of("..", "duello").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    private Path launcher;

    private record Outcome(int code, String out, String err) {}

    @BeforeEach
    void unpack() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("duello 1.0/bin"));
        Files.createDirectories(folder.resolve("duello 1.0/lib"));
        launcher = Files.copy(SCRIPT, bin.resolve("duello"));
    }

    @Test
    void an_old_java_is_refused_in_one_line() throws Exception {
        Outcome outcome = start(Map.of("DUELLO_JAVA", java("1.8").toString()), "doctor");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err().lines())
                .singleElement()
                .asString()
                .contains("JDK of version 17 or newer")
                .contains("version 8")
                .contains("JAVA_HOME");
    }

    @Test
    void a_java_that_is_not_there_is_said_so() throws Exception {
        Outcome outcome = start(Map.of("DUELLO_JAVA", folder.resolve("none").toString()), "doctor");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err().lines()).singleElement().asString().contains("DUELLO_JAVA");
    }

    @Test
    void an_old_java_home_gives_way_to_a_newer_java_on_the_path() throws Exception {
        java("11");
        java("21");
        Path old = folder.resolve("jdk-11");
        Path path = folder.resolve("jdk-21/bin");
        Map<String, String> environment =
                Map.of("JAVA_HOME", old.toString(), "PATH", path + ":" + System.getenv("PATH"));
        assertThat(start(environment, "x").out()).contains("java 21");
    }

    @Test
    void arguments_arrive_as_they_were_given() throws Exception {
        Outcome outcome =
                start(Map.of("DUELLO_JAVA", java("17").toString()), "train", "a b", "c\"d'e", "*", "", "$HOME");
        assertThat(outcome.code()).isEqualTo(7);
        assertThat(outcome.out()).contains("<duello.studio.Main>\n<train>\n<a b>\n<c\"d'e>\n<*>\n<>\n<$HOME>\n");
    }

    @Test
    void native_threads_are_tamed_unless_the_user_did() throws Exception {
        Map<String, String> java = Map.of("DUELLO_JAVA", java("17").toString());
        assertThat(start(java).out()).contains("OPENBLAS=1 WAIT=PASSIVE SPIN=10000");
        Outcome own = start(Map.of("DUELLO_JAVA", java("17").toString(), "OPENBLAS_NUM_THREADS", "3"));
        assertThat(own.out()).contains("OPENBLAS=3 WAIT=PASSIVE SPIN=10000");
    }

    @Test
    void options_of_the_user_come_behind_the_defaults_and_native_access_is_given_where_it_is_known() throws Exception {
        Outcome newer = start(Map.of("DUELLO_JAVA", java("24").toString(), "DUELLO_OPTS", "-Xmx5g -Da=b"));
        assertThat(newer.out()).contains("<-Xmx5g>\n<-Da=b>").contains("<--enable-native-access=ALL-UNNAMED>");
        assertThat(newer.out().indexOf("<-Xmx2g>")).isBetween(0, newer.out().indexOf("<-Xmx5g>"));
        assertThat(start(Map.of("DUELLO_JAVA", java("17").toString())).out()).doesNotContain("native-access");
    }

    @Test
    void a_checkout_without_maven_says_what_is_missing() throws Exception {
        checkout();
        Outcome outcome = start(Map.of("DUELLO_JAVA", java("17").toString(), "DUELLO_MVN", "no-such-maven"), "doctor");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("no Maven");
    }

    @Test
    void a_checkout_is_built_on_first_use_and_again_only_when_a_source_is_newer() throws Exception {
        Path root = checkout();
        Path maven = script("mvn", "mkdir -p studio/target && echo built.jar > studio/target/classpath.txt");
        Map<String, String> environment = Map.of("DUELLO_JAVA", java("17").toString(), "DUELLO_MVN", maven.toString());
        assertThat(start(environment).err()).contains("building for the first time");
        Outcome second = start(environment);
        assertThat(second.err()).isEmpty();
        assertThat(second.out()).contains("built.jar");
        Path source = Files.writeString(root.resolve("studio/src/main/New.java"), "class New {}");
        Files.setLastModifiedTime(
                source, java.nio.file.attribute.FileTime.fromMillis(System.currentTimeMillis() + 10_000));
        assertThat(start(environment).err()).contains("rebuilding").contains("New.java");
    }

    @Test
    void the_real_program_answers_through_the_launcher() throws Exception {
        Path root = checkout();
        Path classpath = Files.createDirectories(root.resolve("studio/target")).resolve("classpath.txt");
        Files.writeString(classpath, System.getProperty("java.class.path"));
        Files.setLastModifiedTime(
                classpath, java.nio.file.attribute.FileTime.fromMillis(System.currentTimeMillis() + 10_000));
        String java = Path.of(System.getProperty("java.home")).toString();
        Outcome outcome = start(Map.of("DUELLO_JAVA", java), "train", "shapes/dcgan", "train.steps=none");
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
        // The virtual machine says so itself if the environment sets options for it.
        assertThat(outcome.err().lines().filter(line -> !line.startsWith("Picked up ")))
                .containsExactly("duello: command line:  train.steps: \"none\" is not a whole number");
    }

    /** A source checkout around another copy of the launcher. */
    private Path checkout() throws IOException {
        Path root = Files.createDirectories(folder.resolve("check out"));
        Files.createDirectories(root.resolve("studio/src/main"));
        Files.writeString(root.resolve("pom.xml"), "<project/>");
        launcher = Files.copy(SCRIPT, root.resolve("duello"));
        return root;
    }

    /** A java that tells its version when asked for it, else its arguments and variables. */
    private Path java(String version) throws IOException {
        Path home = folder.resolve("jdk-" + version);
        return script("jdk-" + version + "/bin/java", """
                if [ "$1" = -XshowSettings:properties ]; then
                    echo '    java.specification.version = %s' >&2
                    echo '    java.home = %s' >&2
                    exit 0
                fi
                echo 'java %s'
                echo "OPENBLAS=$OPENBLAS_NUM_THREADS WAIT=$OMP_WAIT_POLICY SPIN=$GOMP_SPINCOUNT"
                for a in "$@"; do printf '<%%s>\\n' "$a"; done
                exit 7
                """.formatted(version, home, version));
    }

    private Path script(String name, String body) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private Outcome start(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", launcher.toString()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        List.of(
                        "JAVA_HOME",
                        "DUELLO_OPTS",
                        "DUELLO_JAVA",
                        "OPENBLAS_NUM_THREADS",
                        "OMP_WAIT_POLICY",
                        "GOMP_SPINCOUNT",
                        "OMP_NUM_THREADS")
                .forEach(builder.environment()::remove);
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Outcome(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }
}
