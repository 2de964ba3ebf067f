package duello.torch;

/**
 * Makes the layers of one network: all with the same initialisation, and all spectrally normalised or none, as the
 * reference's table of modules does.
 *
 * @param init how weights start
 * @param spectral whether convolutions, linear maps and embeddings divide their weight by its spectral norm
 */
public record Layers(Init init, boolean spectral) {
    public Linear linear(long in, long out, boolean bias) {
        return new Linear(this, in, out, bias);
    }

    public Embedding embedding(long count, long width) {
        return new Embedding(this, count, width);
    }

    /** A convolution of stride 1 that keeps height and width: kernel 1 or 3. */
    public ResampledConv2d conv(long in, long out, int kernel, ResampledConv2d.Resample resample) {
        return new ResampledConv2d(this, in, out, kernel, resample);
    }

    /** A general convolution with a square kernel. */
    public Conv2d conv(Conv2d.Shape shape) {
        return new Conv2d(this, shape);
    }

    public BatchNorm2d batchNorm(long channels) {
        return new BatchNorm2d(init, channels, true);
    }

    public ConditionalBatchNorm2d conditionalBatchNorm(long channels, long condition) {
        return new ConditionalBatchNorm2d(this, channels, condition);
    }

    public SelfAttention2d selfAttention(long channels) {
        return new SelfAttention2d(this, channels);
    }

    /** The same initialisation without spectral normalisation. */
    public Layers plain() {
        return new Layers(init, false);
    }

    /** Registers a weight of this table's kind in {@code module}. */
    Weight weight(Module module, boolean transposed, long... shape) {
        return spectral
                ? SpectralNorm.in(module, init.weight(shape), transposed, init)
                : Weight.Plain.in(module, init.weight(shape), transposed);
    }
}
