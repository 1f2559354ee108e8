package dev.junco.trainer.op;

import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.attributes.DepthwiseConv2DAttributes;

/**
 * The gradient of a depthwise convolution's weights and bias. Operands: x {@code [batch, height, width, channels]}, dz
 * {@code [batch, outputHeight, outputWidth, units]}. Results: dw, db {@code [units]} if wanted.
 *
 * @param shape of the weights, {@code [1, kernelHeight, kernelWidth, units]}
 * @param bias whether db is wanted
 */
public record DepthwiseWeightGradient(DepthwiseConv2DAttributes convolution, Shape shape, boolean bias)
        implements Attributes {}
