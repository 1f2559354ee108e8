package dev.junco.trainer.op;

import dev.junco.runtime.graph.Attributes;

/**
 * Changes a weight in place as {@link dev.junco.trainer.optimizer.Sgd} tells. Operands: w (a state), g of w's shape, the learning rate (a scalar), the
 * velocity (a state of w's shape) where momentum is above 0, and with {@code scaled} a factor for g (a scalar). No result.
 *
 * @param momentum 0 for none
 * @param nesterov whether to look ahead
 * @param scaled whether g comes with a factor
 */
public record SgdUpdate(float momentum, boolean nesterov, boolean scaled) implements Attributes {}
