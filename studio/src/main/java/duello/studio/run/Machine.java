package duello.studio.run;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/**
 * What a run was computed by: everything that may change its bits.
 *
 * @param duello the version of this program
 * @param libtorch the version of the presets, which begins with that of libtorch
 * @param java the version and vendor
 * @param system name, version and architecture
 * @param cpu the instructions that libtorch uses, such as AVX2
 * @param threads of libtorch
 * @param variables the environment variables that steer native threads
 */
public record Machine(
        String duello,
        String libtorch,
        String java,
        String system,
        String cpu,
        int threads,
        Map<String, String> variables) {
    private static final String[] VARIABLES = {
        "OMP_NUM_THREADS", "OMP_WAIT_POLICY", "GOMP_SPINCOUNT", "OPENBLAS_NUM_THREADS", "CUDA_VISIBLE_DEVICES"
    };

    /** This one. */
    public static Machine here(Map<String, String> environment) {
        Map<String, String> variables = new TreeMap<>();
        for (String name : VARIABLES) {
            String value = environment.get(name);
            if (value != null) {
                variables.put(name, value);
            }
        }
        return new Machine(
                duelloVersion(),
                libtorchVersion(),
                property("java.version") + " " + property("java.vendor"),
                property("os.name") + " " + property("os.version") + " " + property("os.arch"),
                torch.get_cpu_capability().getString(),
                torch.get_num_threads(),
                variables);
    }

    /** The version of this program. */
    public static String duelloVersion() {
        Properties properties = new Properties();
        try (InputStream in = Machine.class.getResourceAsStream("/duello/studio/version.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            return "unknown";
        }
        return properties.getProperty("version", "unknown");
    }

    /** The version of the presets of libtorch. */
    public static String libtorchVersion() {
        try {
            return String.valueOf(Loader.getVersion("org.bytedeco", "pytorch"));
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }
}
