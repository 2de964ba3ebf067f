/**
 * The ground floor on libtorch: scopes, terse safe operations, seeds, devices, the module tree and its layers,
 * optimisers, averages of weights. The only place that names {@code PointerScope}.
 */
@NullMarked
package duello.torch;

import org.jspecify.annotations.NullMarked;
