package duello.torch;

import org.bytedeco.pytorch.Tensor;

/**
 * Shows a discriminator how much the images of a batch differ (Karras et al., <i>Progressive Growing of GANs</i>, ICLR 2018,
 * section 3, in StyleGAN2's form): one more channel, constant over the map, with the standard deviation over the members
 * of a group, averaged over channels and positions. Image i is in group {@code i mod (B / group)}.
 *
 * @param group images of a group; the largest divisor of the batch that is not above it is taken
 */
public record MinibatchDeviation(int group) {
    /** {@code [B, C, H, W] -> [B, C + 1, H, W]}. */
    public Tensor apply(Tensor x) {
        long batch = x.size(0);
        long members = members(batch);
        long groups = batch / members;
        Tensor grouped = x.reshape(members, groups, x.size(1), x.size(2), x.size(3));
        Tensor centred = grouped.sub(Ops.mean(grouped, true, 0));
        Tensor deviation =
                Ops.add(Ops.mean(Ops.square(centred), false, 0), 1e-8).sqrt();
        Tensor channel = Ops.mean(deviation, false, 1, 2, 3).repeat(new long[] {members});
        return Ops.cat(1, x, channel.view(batch, 1, 1, 1).expand(new long[] {batch, 1, x.size(2), x.size(3)}));
    }

    private long members(long batch) {
        long members = Math.min(group, batch);
        while (batch % members != 0) {
            members--;
        }
        return members;
    }
}
