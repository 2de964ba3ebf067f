/** Adversarial losses, one file each. */
@NullMarked
package duello.method.adversarial;

import org.jspecify.annotations.NullMarked;
