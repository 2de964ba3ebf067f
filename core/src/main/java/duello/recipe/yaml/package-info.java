/**
 * YAML as a tree that knows where everything was written: a parser that bounds what a stranger's file may ask for, the
 * writer, the list of problems that is reported at once, and the guess at what a misspelt name should have been.
 */
@NullMarked
package duello.recipe.yaml;

import org.jspecify.annotations.NullMarked;
