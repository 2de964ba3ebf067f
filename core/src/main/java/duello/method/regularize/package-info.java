/** Regularisers, one file each. */
@NullMarked
package duello.method.regularize;

import org.jspecify.annotations.NullMarked;
