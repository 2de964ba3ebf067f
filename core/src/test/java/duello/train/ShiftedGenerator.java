package duello.train;

import duello.model.Code;
import duello.model.Generator;
import duello.model.Latent;
import duello.model.LatentSpace;
import duello.torch.Forward;
import duello.torch.Module;
import duello.torch.Ops;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;

/** A generator whose latents are shifted by a parameter. */
final class ShiftedGenerator implements Generator {
    private final Generator inner;
    private final Module module;
    private final Tensor shift;

    ShiftedGenerator(Generator inner, Device device) {
        this.inner = inner;
        this.module = inner.module().extended();
        this.shift = module.parameter("shift", Ops.zeros(device, inner.space().size()));
    }

    @Override
    public LatentSpace space() {
        return inner.space();
    }

    @Override
    public Code map(Latent latent, Forward f) {
        return inner.map(latent.moved(latent.z().add(shift)), f);
    }

    @Override
    public Tensor draw(Code code, Forward f) {
        return inner.draw(code, f);
    }

    @Override
    public Module module() {
        return module;
    }
}
