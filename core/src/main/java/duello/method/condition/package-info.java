/** How the class enters the discriminator: logit heads, class objectives and the methods built on them, one file each. */
@NullMarked
package duello.method.condition;

import org.jspecify.annotations.NullMarked;
