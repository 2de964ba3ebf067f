/** Methods that move latents, or what they are mapped to, before the generator reads them, in training, in sampling or in both; one file each. */
@NullMarked
package duello.method.latent;

import org.jspecify.annotations.NullMarked;
