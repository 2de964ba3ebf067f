package duello.torch;

import duello.catalog.Failure;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch;

/** The devices that tensors live on, by the names that recipes and the command line use. */
public final class Devices {
    /** The processor. */
    public static final Device CPU = immortal("cpu");

    private Devices() {}

    /**
     * The device of a name: {@code cpu}, {@code cuda}, {@code cuda:1}, or {@code auto}, which is CUDA where there is one.
     *
     * @throws Failure if the name is unknown or the device is missing
     */
    public static Device named(String name) {
        if (name.equals("cpu") || (name.equals("auto") && !torch.cuda_is_available())) {
            return CPU;
        }
        if (!name.matches("auto|cuda(:\\d{1,3})?")) {
            throw new Failure("device '" + name + "' is not known; use cpu, cuda, cuda:0, cuda:1, ... or auto");
        }
        if (!torch.cuda_is_available()) {
            throw new Failure("device '" + name + "' is not there: this libtorch sees no CUDA device; "
                    + "use device=cpu, or build with -Pcuda on a machine with CUDA 13, cuDNN 9 and a driver");
        }
        int index = name.contains(":") ? Integer.parseInt(name.substring(name.indexOf(':') + 1)) : 0;
        int count = torch.cuda_device_count();
        if (index >= count) {
            throw new Failure("device '" + name + "' is not there: this machine has " + count + " CUDA device(s)");
        }
        return immortal("cuda:" + index);
    }

    /** How many processors one operation may use from now on. */
    public static void threads(int count) {
        torch.set_num_threads(count);
    }

    /** Whether a device is a CUDA device. */
    public static boolean isCuda(Device device) {
        return device.is_cuda();
    }

    /** A device object that no scope frees, wherever the class happens to be loaded. */
    private static Device immortal(String name) {
        Device device = new Device(name);
        device.retainReference();
        return device;
    }
}
