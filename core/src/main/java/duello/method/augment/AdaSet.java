package duello.method.augment;

import java.util.EnumSet;
import java.util.Set;

/** The sets that the paper's ablation names: blit and geom move pixels, the others add kinds of transforms to them. */
public enum AdaSet {
    BLIT(EnumSet.range(AdaTransform.XFLIP, AdaTransform.XINT)),
    GEOM(EnumSet.range(AdaTransform.SCALE, AdaTransform.XFRAC)),
    COLOR(EnumSet.range(AdaTransform.BRIGHTNESS, AdaTransform.SATURATION)),
    FILTER(EnumSet.of(AdaTransform.IMGFILTER)),
    NOISE(EnumSet.of(AdaTransform.NOISE)),
    CUTOUT(EnumSet.of(AdaTransform.CUTOUT)),
    BG(EnumSet.range(AdaTransform.XFLIP, AdaTransform.XFRAC)),
    BGC(EnumSet.range(AdaTransform.XFLIP, AdaTransform.SATURATION)),
    BGCF(EnumSet.range(AdaTransform.XFLIP, AdaTransform.IMGFILTER)),
    BGCFN(EnumSet.range(AdaTransform.XFLIP, AdaTransform.NOISE)),
    BGCFNC(EnumSet.allOf(AdaTransform.class));

    private final Set<AdaTransform> transforms;

    AdaSet(Set<AdaTransform> transforms) {
        this.transforms = Set.copyOf(transforms);
    }

    /** What the set consists of. */
    public Set<AdaTransform> transforms() {
        return transforms;
    }
}
