/**
 * Recipes: YAML to a typed, complete {@link duello.recipe.Experiment} and back, the shelves of everything that a recipe
 * may name, and the recipes that are shipped. Top floor of the library: it may see everything, nothing sees it.
 */
@NullMarked
package duello.recipe;

import org.jspecify.annotations.NullMarked;
