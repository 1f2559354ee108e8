package dev.junco.trainer.op;

import dev.junco.runtime.graph.Attributes;

/**
 * The derivative of {@link BatchNormTraining}, with u = (x − mean) · inverse and N rows: dbeta = Σ dy, dgamma = Σ dy · u, dx = gamma · inverse · (dy
 * − dbeta / N − u · dgamma / N). Operands: dy, x, gamma, and the batch's mean and inverse. Results: dx, dgamma, dbeta.
 */
public record BatchNormGradient() implements Attributes {}
