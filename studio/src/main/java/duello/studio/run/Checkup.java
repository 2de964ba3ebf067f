package duello.studio.run;

import duello.studio.console.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/** What this machine is like and whether it can train. */
public final class Checkup {
    private static final double GIB = 1 << 30;
    private static final double LEAST_FREE_GIB = 2;

    private final Surroundings surroundings;
    private final List<Finding> findings = new ArrayList<>();

    /** How good a finding is. */
    public enum Verdict {
        GOOD("ok"),
        POOR("note"),
        WRONG("WRONG");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /**
     * One thing looked at.
     *
     * @param subject what
     * @param finding how it is, and what to do when it is not good
     */
    public record Finding(Verdict verdict, String subject, String finding) {}

    public Checkup(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Looks at everything, which takes a few seconds. */
    public List<Finding> findings() {
        findings.clear();
        java();
        libtorch();
        cuda();
        threads();
        folder("cache folder", surroundings.cache());
        folder("runs folder", Path.of("runs").toAbsolutePath());
        folder("native libraries", nativeCache());
        SelfTest.run(findings::add);
        return List.copyOf(findings);
    }

    private void java() {
        long heap = Runtime.getRuntime().maxMemory() >> 20;
        add(
                Verdict.GOOD,
                "Java",
                System.getProperty("java.version") + ", " + System.getProperty("java.vendor") + ", heap at most " + heap
                        + " MiB");
    }

    private void libtorch() {
        String capability = torch.get_cpu_capability().getString();
        Verdict verdict = capability.startsWith("DEFAULT") ? Verdict.POOR : Verdict.GOOD;
        add(verdict, "libtorch", Machine.libtorchVersion() + ", processor instructions " + capability);
    }

    private void cuda() {
        if (torch.cuda_is_available()) {
            add(Verdict.GOOD, "CUDA", torch.cuda_device_count() + " device(s)");
        } else {
            add(
                    Verdict.GOOD,
                    "CUDA",
                    "none; trains on the processor (for CUDA build with mvn -Pcuda, with CUDA 13 and cuDNN 9 installed)");
        }
    }

    private void threads() {
        int cores = Runtime.getRuntime().availableProcessors();
        int threads = torch.get_num_threads();
        Verdict verdict = threads > cores ? Verdict.POOR : Verdict.GOOD;
        add(verdict, "threads", threads + " of libtorch on " + cores + " cores");
        variable("OMP_WAIT_POLICY", "PASSIVE");
        variable("GOMP_SPINCOUNT", "10000");
        variable("OPENBLAS_NUM_THREADS", "1");
    }

    private void variable(String name, String wanted) {
        String value = surroundings.environment().get(name);
        if (value == null) {
            add(Verdict.POOR, name, "not set; " + wanted + " is up to four times faster (the launcher sets it)");
        } else {
            boolean same = value.toUpperCase(Locale.ROOT).equals(wanted);
            add(same ? Verdict.GOOD : Verdict.POOR, name, same ? value : value + "; " + wanted + " is usually faster");
        }
    }

    private void folder(String subject, Path folder) {
        Path there = folder.toAbsolutePath();
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (there == null || !Files.isDirectory(there) || !Files.isWritable(there)) {
            add(Verdict.WRONG, subject, folder + " cannot be written; change its permissions or choose another place");
            return;
        }
        try {
            double free = Files.getFileStore(there).getUsableSpace() / GIB;
            String text = String.format(Locale.ROOT, "%s, %.1f GiB free", folder, free);
            add(free < LEAST_FREE_GIB ? Verdict.POOR : Verdict.GOOD, subject, text);
        } catch (IOException e) {
            add(Verdict.POOR, subject, folder + ", free space unknown");
        }
    }

    private static Path nativeCache() {
        try {
            return Loader.getCacheDir().toPath();
        } catch (IOException e) {
            return Path.of(System.getProperty("user.home", "."), ".javacpp");
        }
    }

    private void add(Verdict verdict, String subject, String finding) {
        findings.add(new Finding(verdict, subject, finding));
    }
}
