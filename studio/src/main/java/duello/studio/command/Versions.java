package duello.studio.command;

import duello.studio.run.Machine;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} tells. */
final class Versions implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {
            "duello " + Machine.duelloVersion(),
            "libtorch presets " + Machine.libtorchVersion() + ", Java " + System.getProperty("java.version")
        };
    }
}
