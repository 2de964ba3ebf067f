/** Benchmarks: layers, whole steps, races. */
@org.jspecify.annotations.NullMarked
package duello.bench;
