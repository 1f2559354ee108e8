package dev.junco.runtime.kernel;

/**
 * Sizes of a two-dimensional pooling over one image without padding copies: windows are cut at the image's edge.
 *
 * @param padTop rows of padding above the image
 * @param padLeft columns of padding left of the image
 * @param countPadding whether an average divides by the whole window, padding included, or by the cells inside the
 *     image
 */
public record PoolGeometry(
        int inputHeight,
        int inputWidth,
        int channels,
        int outputHeight,
        int outputWidth,
        int windowHeight,
        int windowWidth,
        int strideH,
        int strideW,
        int padTop,
        int padLeft,
        boolean countPadding) {}
