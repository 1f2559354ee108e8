package dev.junco.runtime.kernel;

/** Depthwise convolution: each channel has a filter of its own. */
public interface DepthwiseKernels {
    /**
     * y[oy][ox][c] = clamp(bias[c] + Σ_ky Σ_kx x[oy·strideH + ky·dilationH][ox·strideW + kx·dilationW][c ·
     * inputChannels / channels] · w[ky][kx][c]) for output rows {@code [fromRow, toRow)} of one image, as one fma
     * chain over (ky, kx) ascending that starts from the bias.
     *
     * @param x padded input, NHWC, one image from {@code xOffset}; {@code g.paddedWidth()} pixels a row
     * @param w filters {@code [kernelHeight][kernelWidth][channels]} from {@code wOffset}
     * @param bias one value a channel from {@code biasOffset}
     * @param y output {@code [outputHeight][outputWidth][channels]} from {@code yOffset}
     */
    void depthwise(
            DepthwiseGeometry g,
            int fromRow,
            int toRow,
            float[] x,
            int xOffset,
            float[] w,
            int wOffset,
            float[] bias,
            int biasOffset,
            float[] y,
            int yOffset,
            float lo,
            float hi);
}
