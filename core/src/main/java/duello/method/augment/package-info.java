/** Differentiable augmentations of what the discriminator sees, one file each. */
@NullMarked
package duello.method.augment;

import org.jspecify.annotations.NullMarked;
