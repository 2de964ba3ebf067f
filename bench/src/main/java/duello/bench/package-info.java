/**
 * Benchmarks, each a command of its own: {@link duello.bench.LayerRace} and {@link duello.bench.ResampledConvBench} time
 * one layer against its definition, {@link duello.bench.FilterRace} StyleGAN2's filtered convolutions against other forms of
 * them, {@link duello.bench.StepRace} whole training iterations against the same networks in
 * PyTorch, and {@link duello.bench.SoakBench} watches memory. Timings are compared as ratios of neighbours in time, so
 * that a machine that slows down slows both sides. This module prints; it is never shipped.
 */
@org.jspecify.annotations.NullMarked
package duello.bench;
