package duello.method.adapt;

import duello.model.Code;
import duello.model.Codes;
import duello.model.Generator;
import duello.model.Latent;
import duello.model.LatentSpace;
import duello.torch.Forward;
import duello.torch.Linear;
import duello.torch.Module;
import duello.torch.Ops;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** A generator behind a miner of two linear maps; codes at a latent's end pass it untouched. */
record MinedGenerator(Generator inner, Module module, Linear first, Linear second) implements Generator {
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
        Codes codes = space().codes();
        int width = space().width();
        Tensor mined = mined(codes == null ? latent.z() : Ops.slice(latent.z(), 1, 0, width), f);
        Tensor kept = Ops.slice(latent.z(), 1, width, space().size());
        return inner.map(latent.moved(codes == null ? mined : Ops.cat(1, mined, kept)), f);
    }

    private Tensor mined(Tensor z, Forward f) {
        return second.apply(first.apply(z, f).relu(), f);
    }

    @Override
    public Tensor draw(Code code, Forward f) {
        return inner.draw(code, f);
    }

    @Override
    public Tensor map(String layer, Code code, Forward f) {
        return inner.map(layer, code, f);
    }
}
