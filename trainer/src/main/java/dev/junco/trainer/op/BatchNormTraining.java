package dev.junco.trainer.op;

import dev.junco.runtime.graph.Attributes;

/**
 * y = gamma · (x − mean) / √(variance + epsilon) + beta with mean and variance (of divisor N) of the batch for each index of the last axis. Operands: x,
 * gamma, beta, moving mean, moving variance, the latter two states, which become {@code momentum · old + (1 − momentum) · new}. Results: y, the batch's
 * mean, the batch's 1 / √(variance + epsilon). Ioffe and Szegedy, "Batch normalization", 2015; moving averages as in Keras.
 *
 * @param epsilon added to the variance
 * @param momentum share of the moving averages that stays
 */
public record BatchNormTraining(float epsilon, float momentum) implements Attributes {}
