package dev.junco.runtime.graph.attributes;

import dev.junco.runtime.graph.Attributes;

/**
 * Two-dimensional convolution (cross-correlation). Operands: x {@code [batch, height, width, channels]}, w {@code [units, kernelHeight,
 * kernelWidth, channels / groups]} (OHWI), bias {@code [units]} (may be missing). Result {@code [batch, outputHeight, outputWidth, units]}.
 * With groups, result channel u reads the channels of group u · groups / units.
 * With x of int16 the weights are int8, and the bias tells the arithmetic: {@code [units]} of int32 makes sums of 32 bits, {@code [units, 2]} with the low
 * and the high word of a 64-bit bias, or none, makes sums of 64 bits.
 */
public record Conv2DAttributes(
        int strideH, int strideW, int dilationH, int dilationW, Padding padding, int groups, Activation activation)
        implements Attributes {

    /** No dilation, one group. */
    public static Conv2DAttributes of(int strideH, int strideW, Padding padding, Activation activation) {
        return new Conv2DAttributes(strideH, strideW, 1, 1, padding, 1, activation);
    }

    @Override
    public int code() {
        return 2;
    }
}
