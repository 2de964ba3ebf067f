/** The benchmarks' own arithmetic and the promise that every command runs. */
@org.jspecify.annotations.NullMarked
package duello.bench;
