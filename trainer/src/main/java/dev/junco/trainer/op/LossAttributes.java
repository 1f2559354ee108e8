package dev.junco.trainer.op;

import dev.junco.runtime.graph.Attributes;
import dev.junco.trainer.loss.Loss;

/**
 * The loss of a batch and its gradient. Operands: the prediction, or with {@code logits} what goes into the final sigmoid or softmax;
 * the target. Results: the loss (a scalar), and if wanted its gradient by operand 0.
 *
 * @param loss which one
 * @param logits whether operand 0 is taken before the final sigmoid or softmax
 * @param gradient whether the gradient is wanted
 */
public record LossAttributes(Loss loss, boolean logits, boolean gradient) implements Attributes {}
