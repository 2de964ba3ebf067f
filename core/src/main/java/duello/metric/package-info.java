/**
 * Feature networks and scores: how far generated images are from real ones, as numbers that carry the protocol they were
 * taken by. The scores are pure functions of feature matrices, computed in float64 on the processor in blocks; the
 * networks turn images into such features; {@link duello.metric.Evaluator} joins the two. Perceptual distances compare
 * images one by one; {@link duello.metric.Adaptation} reads by them how a generator adapts to a few images.
 */
@NullMarked
package duello.metric;

import org.jspecify.annotations.NullMarked;
