package dev.junco.runtime.graph.attributes;

import dev.junco.runtime.graph.Attributes;

/**
 * Transposed convolution: each pixel of x adds its products with w to a window of the result. Operands: x {@code [batch, height, width,
 * channels]}, w {@code [units, kernelHeight, kernelWidth, channels / groups]}, bias {@code [units]} (may be missing). Row r of x and row q
 * of the kernel meet result row r · strideH + q · dilationH − top. x of int16 has int8 weights and the biases of {@link Conv2DAttributes}.
 *
 * @param height rows of the result
 * @param width columns of the result
 * @param top rows cut off above
 * @param left columns cut off on the left
 * @param groups blocks of channels and units that do not mix
 */
public record TransposeConv2DAttributes(
        int strideH,
        int strideW,
        int dilationH,
        int dilationW,
        int top,
        int left,
        int height,
        int width,
        int groups,
        Activation activation)
        implements Attributes {
    @Override
    public int code() {
        return 39;
    }
}
