package dev.junco.runtime.kernel;

/**
 * Sizes of a depthwise convolution over an input that is already padded.
 *
 * @param inputChannels channels of the input; {@code channels} is a multiple of it
 * @param channels channels of the output
 * @param paddedWidth pixels in a row of the padded input
 */
public record DepthwiseGeometry(
        int inputChannels,
        int channels,
        int paddedWidth,
        int outputHeight,
        int outputWidth,
        int kernelHeight,
        int kernelWidth,
        int strideH,
        int strideW,
        int dilationH,
        int dilationW) {}
