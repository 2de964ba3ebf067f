package duello.torch;

/**
 * Makes the layers of one network: all with the same initialisation, and all spectrally normalised or none, as the
 * reference's table of modules does.
 *
 * @param init how weights start
 * @param spectral whether convolutions, linear maps and embeddings divide their weight by its spectral norm
 * @param eps what keeps normalisations from dividing by 0
 */
public record Layers(Init init, boolean spectral, Eps eps) {
    /**
     * What keeps normalisations from dividing by 0.
     *
     * @param batchNorm added to variances
     * @param spectralNorm the least length of a vector
     */
    public record Eps(double batchNorm, double spectralNorm) {
        /** PyTorch-StudioGAN's. */
        public static final Eps STUDIOGAN = new Eps(1e-4, 1e-6);

        /** PyTorch's own. */
        public static final Eps PYTORCH = new Eps(1e-5, 1e-12);
    }

    /** Layers with PyTorch-StudioGAN's constants. */
    public Layers(Init init, boolean spectral) {
        this(init, spectral, Eps.STUDIOGAN);
    }

    public Linear linear(long in, long out, boolean bias) {
        return new Linear(this, bias, out, in);
    }

    /**
     * A linear map of whole maps {@code [channels, side, side]}, flattened: the function of a convolution that leaves
     * one position, and its weight {@code [out, channels, side, side]}.
     */
    public Linear linearOfMaps(long channels, int side, long out, boolean bias) {
        return new Linear(this, bias, out, channels, side, side);
    }

    public EmbeddingTable embedding(long count, long width) {
        return new EmbeddingTable(this, count, width);
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
        return new BatchNorm2d(this, channels, true);
    }

    public ConditionalBatchNorm2d conditionalBatchNorm(long channels, long condition) {
        return new ConditionalBatchNorm2d(this, channels, condition);
    }

    public SelfAttention2d selfAttention(long channels) {
        return new SelfAttention2d(this, channels);
    }

    /** The same initialisation without spectral normalisation. */
    public Layers plain() {
        return new Layers(init, false, eps);
    }

    /** The same initialisation with spectral normalisation. */
    public Layers normalised() {
        return new Layers(init, true, eps);
    }

    /** Registers a weight of this table's kind in {@code module}. */
    Weight weight(Module module, boolean transposed, long... shape) {
        return spectral
                ? SpectralNorm.in(module, init.weight(shape), transposed, this)
                : Weight.Plain.in(module, init.weight(shape), transposed);
    }
}
