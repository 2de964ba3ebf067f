/**
 * Files of other programs and of ours: arrays (safetensors, npy, npz, PyTorch checkpoints), databases (LMDB), pictures,
 * JSON, TensorBoard events, checksums, and writing that is whole or not there. A leaf: nothing here knows tensors or
 * networks.
 *
 * <p>Files may come from strangers, so every length is checked against the file before memory is asked for, and
 * nothing found in a file is ever executed. What a user can mend is thrown as {@link duello.catalog.Failure}.
 */
@NullMarked
package duello.io;

import org.jspecify.annotations.NullMarked;
