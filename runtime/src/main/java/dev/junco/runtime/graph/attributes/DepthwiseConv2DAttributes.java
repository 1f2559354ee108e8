package dev.junco.runtime.graph.attributes;

import dev.junco.runtime.graph.Attributes;

/**
 * Convolution with filters of their own for each channel. Operands: x {@code [batch, height, width, channels]}, w {@code [1, kernelHeight,
 * kernelWidth, units]}, bias {@code [units]} (may be missing); units is channels times the depth multiplier, and result channel u reads
 * channel u / multiplier. Result {@code [batch, outputHeight, outputWidth, units]}.
 * With x of int16 the weights are int8, and the bias tells the arithmetic: {@code [units]} of int32 makes sums of 32 bits, {@code [units, 2]} with the low
 * and the high word of a 64-bit bias, or none, makes sums of 64 bits.
 */
public record DepthwiseConv2DAttributes(
        int strideH, int strideW, int dilationH, int dilationW, Padding padding, Activation activation)
        implements Attributes {
    @Override
    public int code() {
        return 3;
    }
}
