/**
 * PyTorch-StudioGAN's YAML files, accepted as they are: their settings as a table, a reader that finds every fault with
 * its place, the checks of what goes together, and the translation to a recipe. What a file asks for and cannot have is
 * either refused or said.
 */
@NullMarked
package duello.recipe.studiogan;

import org.jspecify.annotations.NullMarked;
