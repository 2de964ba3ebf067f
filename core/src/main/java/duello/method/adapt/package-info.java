/** The shelf of methods that adapt trained networks to a handful of images. */
@NullMarked
package duello.method.adapt;

import org.jspecify.annotations.NullMarked;
