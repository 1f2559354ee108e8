package dev.junco.trainer.op;

import dev.junco.runtime.graph.Attributes;

/**
 * The gradient of a dense layer's weights: dw[o][k] = Σ_i dz[i][o] · x[i][k], and of its bias: db[o] = Σ_i dz[i][o]. Operands: x
 * {@code [batch, …]}, dz {@code [batch, units]}. Results: dw {@code [units, features]}, db {@code [units]} if wanted.
 *
 * @param bias whether db is wanted
 */
public record DenseWeightGradient(boolean bias) implements Attributes {}
