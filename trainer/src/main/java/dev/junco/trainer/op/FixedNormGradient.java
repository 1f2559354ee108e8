package dev.junco.trainer.op;

import dev.junco.runtime.graph.Attributes;

/**
 * The gradient of the input of a batch normalisation with given mean and variance: dx = dy · gamma / √(variance + epsilon). Operands: dy, gamma,
 * variance.
 */
public record FixedNormGradient(float epsilon) implements Attributes {}
