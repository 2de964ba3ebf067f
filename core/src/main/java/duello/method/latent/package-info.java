/** Methods that move latents before the generator reads them, in training, in sampling or in both; one file each. */
@NullMarked
package duello.method.latent;

import org.jspecify.annotations.NullMarked;
