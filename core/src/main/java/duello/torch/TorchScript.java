package duello.torch;

import duello.catalog.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.ExtraFilesMap;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a {@link Script} as a TorchScript program, which {@code torch.jit.load} of Python and {@code torch::jit::load} of
 * C++ run. Tracing would need no scripts, but libtorch's tracer is not among what the bindings expose.
 */
public final class TorchScript {
    private static final Logger log = LoggerFactory.getLogger(TorchScript.class);

    private TorchScript() {}

    /**
     * Compiles a script and writes it with its tensors, as float32 parameters that ask for no gradient.
     *
     * @param type the name of the module's class
     * @param result the variable that {@code forward} returns
     * @param notes small texts that go into the file, by name; Python reads them by {@code _extra_files}
     * @throws Failure if the file cannot be written
     */
    public static void write(Path file, String type, Script script, String result, Map<String, String> notes) {
        try (Scope scope = Scope.open()) {
            JitModule module = new JitModule(new QualifiedName("__torch__." + type));
            script.tensors().forEach((name, t) -> module.register_parameter(name, plain(t), false));
            module.define(script.source(result));
            module.eval();
            ExtraFilesMap extra = new ExtraFilesMap();
            notes.forEach((name, text) -> extra.put(new BytePointer(name), text));
            save(module, extra, file);
        }
    }

    private static Tensor plain(Tensor t) {
        Tensor plain = t.detach().to(Devices.CPU, ScalarType.Float).contiguous();
        return plain.requires_grad_(false);
    }

    /** libtorch writes to a path only, so to a new file beside the target that then takes its name. */
    private static void save(JitModule module, ExtraFilesMap extra, Path file) {
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null) {
            throw new Failure(file + " cannot be written: it is no file's name");
        }
        Path partial = null;
        try {
            Files.createDirectories(folder);
            partial = Files.createTempFile(folder, ".", ".partial");
            module.save(partial.toString(), extra);
            Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Failure(file + " cannot be written; check its folder and permissions", e);
        } finally {
            remove(partial);
        }
    }

    private static void remove(@Nullable Path partial) {
        try {
            if (partial != null) {
                Files.deleteIfExists(partial);
            }
        } catch (IOException e) {
            log.warn("{} cannot be removed", partial, e);
        }
    }
}
