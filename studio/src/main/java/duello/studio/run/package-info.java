/** Runs: their folders, checkpoints and logs, and the loop that trains one. */
@NullMarked
package duello.studio.run;

import org.jspecify.annotations.NullMarked;
