/** The command line, the run store and the reports; this package only starts them. */
@NullMarked
package duello.studio;

import org.jspecify.annotations.NullMarked;
