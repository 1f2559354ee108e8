package dev.junco.trainer.op;

import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.attributes.DepthwiseConv2DAttributes;

/**
 * The gradient of a depthwise convolution's input. Operands: dz {@code [batch, outputHeight, outputWidth, units]}, w
 * {@code [1, kernelHeight, kernelWidth, units]}.
 *
 * @param shape of the input
 */
public record DepthwiseInputGradient(DepthwiseConv2DAttributes convolution, Shape shape) implements Attributes {}
