/**
 * Self-supervision: what discriminator and generator learn from images that were turned, cut up or otherwise changed
 * beside, or instead of, telling real from generated; one file a method. A {@link duello.method.pretext.Transformation}
 * is what is done to images, an {@link duello.method.pretext.Assignment} says to which and how.
 */
@NullMarked
package duello.method.pretext;

import org.jspecify.annotations.NullMarked;
