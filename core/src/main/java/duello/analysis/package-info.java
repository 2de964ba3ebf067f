/**
 * Measurements that explain a run rather than take part in it: hooks of a recipe, listed among its methods, that leave no
 * trace in training and whose numbers go to the log and to plots of the report.
 */
@NullMarked
package duello.analysis;

import org.jspecify.annotations.NullMarked;
