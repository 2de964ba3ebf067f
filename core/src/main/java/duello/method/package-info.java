/**
 * What methods are written against: the roles a method may play ({@link duello.method.Term}, {@link
 * duello.method.Augment}, {@link duello.method.Hook}, ...), the {@link duello.method.Step} they are given and the {@link
 * duello.method.Loss} they add to. The methods themselves stand on the shelves below this package, one file each.
 */
@NullMarked
package duello.method;

import org.jspecify.annotations.NullMarked;
