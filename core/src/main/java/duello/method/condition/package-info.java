/** How the class enters the discriminator: logit heads and class objectives, one file each. */
@NullMarked
package duello.method.condition;

import org.jspecify.annotations.NullMarked;
