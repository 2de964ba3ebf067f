package duello.method.adapt;

import duello.model.Code;
import duello.model.Generator;
import duello.model.Latent;
import duello.model.LatentSpace;
import duello.torch.Forward;
import duello.torch.Module;
import duello.torch.Ops;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;

/** A generator whose named maps are scaled and shifted channel by channel; with ones and zeros, as they start, nothing changes. */
final class ScaledGenerator implements Generator {
    static final String SCALES = "scales";

    private record Affine(Tensor scale, Tensor shift) {
        Tensor apply(Tensor map) {
            return map.mul(scale.view(1, -1, 1, 1)).add(shift.view(1, -1, 1, 1));
        }
    }

    private final Generator inner;
    private final Module module;
    private final Map<String, Affine> affines = new LinkedHashMap<>();

    ScaledGenerator(Generator inner, Device device) {
        this.inner = inner;
        this.module = inner.module().extended();
        Module scales = new Module();
        for (NamedMap map : NamedMap.ofGenerator(inner, device)) {
            Module own = new Module();
            Tensor scale = own.parameter("weight", Ops.ones(device, map.channels()));
            Tensor shift = own.parameter("bias", Ops.zeros(device, map.channels()));
            scales.child(String.valueOf(affines.size()), own);
            affines.put(map.name(), new Affine(scale, shift));
        }
        module.child(module.free(SCALES), scales);
    }

    private Forward scaled(Forward f) {
        return f.with((layer, map) -> {
            Affine affine = affines.get(layer);
            return f.tap().at(layer, affine == null ? map : affine.apply(map));
        });
    }

    @Override
    public LatentSpace space() {
        return inner.space();
    }

    @Override
    public List<String> layers() {
        return inner.layers();
    }

    @Override
    public Code map(Latent latent, Forward f) {
        return inner.map(latent, f);
    }

    @Override
    public Tensor draw(Code code, Forward f) {
        return inner.draw(code, scaled(f));
    }

    @Override
    public Tensor map(String layer, Code code, Forward f) {
        return inner.map(layer, code, scaled(f));
    }

    @Override
    public Module module() {
        return module;
    }
}
