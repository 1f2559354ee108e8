package dev.junco.trainer.op;

import dev.junco.runtime.graph.Attributes;

/**
 * Inverted dropout: in each step a share {@code rate} of the elements becomes 0 and the rest grows by 1 / (1 − rate). The same node, applied to
 * the gradient, is its derivative. Which elements go depends on the sequence, the step and the element's number only. Operands: x, the
 * step (an int32 scalar). Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov, "Dropout", 2014.
 *
 * @param rate share that goes, in [0, 1)
 * @param sequence names the random sequence: made from the seed and the number of the layer
 */
public record DropoutTraining(float rate, long sequence) implements Attributes {}
