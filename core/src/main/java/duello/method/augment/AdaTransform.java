package duello.method.augment;

/** The single transforms of adaptive discriminator augmentation. */
public enum AdaTransform {
    /** Left-right flip. */
    XFLIP,
    /** A quarter turn, or two, or three. */
    ROTATE90,
    /** Translation by whole pixels. */
    XINT,
    /** Isotropic scaling. */
    SCALE,
    /** Rotation by any angle, drawn twice: before and after the anisotropic scaling. */
    ROTATE,
    /** Anisotropic scaling that keeps the area. */
    ANISO,
    /** Translation by fractions of a pixel. */
    XFRAC,
    BRIGHTNESS,
    CONTRAST,
    /** Luma mirrored, chroma kept. */
    LUMAFLIP,
    HUE,
    SATURATION,
    /** Four frequency bands amplified or damped. */
    IMGFILTER,
    /** Gaussian noise. */
    NOISE,
    /** A square of half the side set to 0. */
    CUTOUT
}
