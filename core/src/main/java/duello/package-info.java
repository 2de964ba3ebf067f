/** Duello: generative adversarial networks on the JVM. */
@org.jspecify.annotations.NullMarked
package duello;
