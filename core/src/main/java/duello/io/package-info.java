/**
 * Files that others wrote or will read: arrays, weights, logs, pictures and downloads. A leaf: it knows the catalogue
 * and nothing else of Duello. What is read is never trusted: every length is bounded before memory is taken for it.
 */
@NullMarked
package duello.io;

import org.jspecify.annotations.NullMarked;
