package dev.junco.trainer.op;

import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.attributes.Activation;

/** dx = dy · function′, told from the result. Operands: dy, y = function(x), both of one shape. */
public record ActivationGradient(Activation function) implements Attributes {}
