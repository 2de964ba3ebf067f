/**
 * What a recipe may say: every dataset, backbone, method and metric is a record whose components are its settings,
 * named in its shelf's list of {@link duello.catalog.Entry entries}.
 *
 * <p>Ground floor: nothing here knows anything else of Duello.
 */
@NullMarked
package duello.catalog;

import org.jspecify.annotations.NullMarked;
