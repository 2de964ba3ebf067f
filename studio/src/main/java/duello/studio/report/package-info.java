/** The page that shows a run: one HTML file with its curves, pictures, scores and settings. */
@NullMarked
package duello.studio.report;

import org.jspecify.annotations.NullMarked;
