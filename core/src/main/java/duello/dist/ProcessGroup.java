package duello.dist;

import duello.catalog.Failure;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.chrono.Hours;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Backend;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.GlooDeviceVector;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.ProcessGroupGloo;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Store;
import org.bytedeco.pytorch.TCPStore;
import org.bytedeco.pytorch.TCPStoreOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.TensorTensorHook;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.Work;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch_gloo;
import org.bytedeco.pytorch.nccl.ProcessGroupNCCL;

/** Processes that train as one, over Gloo on processors and over NCCL on CUDA devices. */
public final class ProcessGroup implements Collective {
    private final Seat seat;
    private final Device device;
    private final Gathering gathering;
    private final Store store;
    private final Backend backend;

    private ProcessGroup(Seat seat, Device device, Gathering gathering, Store store, Backend backend) {
        this.seat = seat;
        this.device = device;
        this.gathering = gathering;
        this.store = store;
        this.backend = backend;
    }

    /**
     * Meets the other processes and waits until all are there.
     *
     * @param device where this process's tensors are
     * @throws Failure if they cannot meet
     */
    public static Collective join(Seat seat, Device device, Gathering gathering) {
        if (seat.size() == 1) {
            return LOCAL;
        }
        return met(seat, () -> {
            Loader.load(torch_gloo.class);
            Store store = store(seat);
            Backend backend = device.is_cuda() ? nccl(store, seat) : gloo(store, seat);
            keepForever(store);
            keepForever(backend);
            ProcessGroup group = new ProcessGroup(seat, device, gathering, store, backend);
            group.lead(0);
            return group;
        });
    }

    /**
     * Neither a scope nor the collector may free it: taking a group down while the others' messages are under way, or
     * from the collector's thread, damages the heap.
     */
    private static void keepForever(Pointer pointer) {
        pointer.retainReference();
        pointer.deallocate(false);
    }

    private static Store store(Seat seat) {
        TCPStoreOptions options = new TCPStoreOptions();
        options.port((short) seat.port());
        options.isServer(seat.rank() == 0);
        return new TCPStore(seat.host(), options);
    }

    private static Backend gloo(Store store, Seat seat) {
        // One process may score for long while the others wait for it; one that dies is noticed at once nevertheless.
        ProcessGroupGloo.Options options = ProcessGroupGloo.Options.create(new Milliseconds(new Hours(48)));
        options.devices(new GlooDeviceVector(ProcessGroupGloo.createDeviceForHostname(localName(seat))));
        return new ProcessGroupGloo(store, seat.rank(), seat.size(), options);
    }

    /** On one machine the loopback serves all; else the name under which this machine is known. */
    private static String localName(Seat seat) {
        return seat.host().equals("127.0.0.1") || seat.host().equals("localhost") ? "127.0.0.1" : hostName();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            throw new Failure("this machine's name has no address; name it in the hosts file", e);
        }
    }

    private static Backend nccl(Store store, Seat seat) {
        return new ProcessGroupNCCL(store, seat.rank(), seat.size());
    }

    @Override
    public int rank() {
        return seat.rank();
    }

    @Override
    public int size() {
        return seat.size();
    }

    @Override
    public Tensor gather(Tensor rows) {
        long[] shape = rows.sizes().vec().get();
        long[] whole = shape.clone();
        whole[0] *= seat.size();
        Tensor all = torch.empty(whole, rows.options(), new MemoryFormatOptional());
        Tensor own = rows.detach().contiguous();
        await(() -> backend._allgather_base(all, own));
        if (!rows.requires_grad()) {
            return all;
        }
        long from = shape[0] * seat.rank();
        return torch.cat(new TensorVector(
                all.narrow(0, 0, from),
                strengthened(rows),
                all.narrow(0, from + shape[0], whole[0] - from - shape[0])));
    }

    /** The same values; the gradient W times as strong if that is wished. */
    private Tensor strengthened(Tensor rows) {
        if (gathering == Gathering.REFERENCE) {
            return rows;
        }
        Tensor values = rows.detach();
        return values.add(rows.sub(values).mul(new Scalar(seat.size())));
    }

    @Override
    public Tensor sum(Tensor t) {
        Tensor total = summed(t.detach());
        if (!t.requires_grad()) {
            return total;
        }
        Tensor linked = t.add(total.sub(t.detach()));
        linked.register_hook(new TensorTensorHook() {
            @Override
            public TensorBase call(TensorBase gradient) {
                return summed(new Tensor(gradient).detach());
            }
        });
        return linked;
    }

    private Tensor summed(Tensor t) {
        Tensor total = t.clone().contiguous();
        await(() -> backend.allreduce(new TensorVector(total)));
        return total;
    }

    @Override
    public void average(Collection<Tensor> tensors) {
        if (tensors.isEmpty()) {
            return;
        }
        try (AutoGradMode off = new AutoGradMode(false)) {
            List<Tensor> list = new ArrayList<>(tensors);
            // One message for all of them costs one round trip instead of one each.
            Tensor flat = torch.cat(
                    new TensorVector(list.stream().map(t -> t.reshape(-1)).toArray(Tensor[]::new)));
            await(() -> backend.allreduce(new TensorVector(flat)));
            flat.div_(new Scalar(seat.size()));
            long from = 0;
            for (Tensor t : list) {
                t.copy_(flat.narrow(0, from, t.numel()).view(t.sizes()));
                from += t.numel();
            }
        }
    }

    @Override
    public long lead(long value) {
        try (AutoGradMode off = new AutoGradMode(false)) {
            Tensor said =
                    torch.tensor(new long[] {seat.rank() == 0 ? value : 0}).to(device, torch.ScalarType.Long);
            return summed(said).item_long();
        }
    }

    private void await(Supplier<Work> call) {
        met(seat, () -> {
            call.get()._wait();
            return true;
        });
    }

    private static <T> T met(Seat seat, Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException | UnsatisfiedLinkError e) {
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new Failure(
                    "process " + seat.rank() + " of " + seat.size() + " lost the others at " + seat.host() + ":"
                            + seat.port() + "; look why one ended (" + why + ")",
                    e);
        }
    }

    /** Lives as long as the process: taking it down while the others' messages are under way is not safe. */
    @Override
    public void close() {}
}
