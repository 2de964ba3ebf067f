/** What the process is surrounded by, and how it speaks: lines, tables, progress, JSON. */
@NullMarked
package duello.studio.console;

import org.jspecify.annotations.NullMarked;
