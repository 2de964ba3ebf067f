/** Generators and discriminators, one file per backbone family, and the heads that read a discriminator's features. */
@NullMarked
package duello.model;

import org.jspecify.annotations.NullMarked;
