/** The training loop: turns, optimisers, checkpoints, sampling. It knows the roles of methods and none by name. */
@NullMarked
package duello.train;

import org.jspecify.annotations.NullMarked;
