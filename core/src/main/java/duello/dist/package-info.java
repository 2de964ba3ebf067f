/** Several processes training as one. */
@NullMarked
package duello.dist;

import org.jspecify.annotations.NullMarked;
