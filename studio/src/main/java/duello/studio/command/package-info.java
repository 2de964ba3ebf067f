/** The command line: one file per command, and what happens to its failures. */
@NullMarked
package duello.studio.command;

import org.jspecify.annotations.NullMarked;
