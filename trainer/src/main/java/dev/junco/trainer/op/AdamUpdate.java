package dev.junco.trainer.op;

import dev.junco.runtime.graph.Attributes;

/**
 * Changes a weight in place as {@link dev.junco.trainer.optimizer.Adam} tells. Operands: w (a state), g of w's shape, the learning rate (a scalar), m and
 * v (states of w's shape), the number of the step from 1 on (an int32 scalar), and with {@code scaled} a factor for g (a scalar). No
 * result.
 *
 * @param scaled whether g comes with a factor
 */
public record AdamUpdate(double beta1, double beta2, double epsilon, boolean scaled) implements Attributes {}
