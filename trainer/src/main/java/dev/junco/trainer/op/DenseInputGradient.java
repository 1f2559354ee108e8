package dev.junco.trainer.op;

import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.attributes.Activation;

/**
 * The gradient of a dense layer's input: dx[i][k] = Σ_o dz[i][o] · w[o][k], times the derivative of the activation that made x. Operands: dz
 * {@code [batch, units]}, w {@code [units, features]}, and x unless {@code through} is NONE.
 *
 * @param shape of x: batch first, the other axes together are the features
 * @param through a clamp that was fused into the producer of x, or NONE
 */
public record DenseInputGradient(Shape shape, Activation through) implements Attributes {}
