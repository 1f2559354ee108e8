package dev.junco.trainer.kernel;

/** Loops over {@code rows} rows of {@code channels} values: batch normalisation and depthwise convolution. */
public interface ChannelKernels {
    /** s[c] = fma chain of dy[r][c] · (x[r][c] − mean[c]), rows ascending, from the present s[c]. */
    void addCenteredProducts(
            float[] dy,
            int dyOffset,
            float[] x,
            int xOffset,
            int rows,
            int channels,
            float[] mean,
            int meanOffset,
            float[] s,
            int sOffset);

    /** dx[r][c] = fma(a[c], dy[r][c], fma(b[c], x[r][c] − mean[c], d[c])); dx may be dy. */
    void combine(
            float[] dy,
            int dyOffset,
            float[] x,
            int xOffset,
            float[] dx,
            int dxOffset,
            int rows,
            int channels,
            float[] mean,
            int meanOffset,
            float[] a,
            float[] b,
            float[] d);

    /** y[r][c] = fma(x[r][c], w[c], y[r][c]), rows {@code xStride} and {@code yStride} apart. */
    void addScaledRows(
            float[] x,
            int xOffset,
            int xStride,
            float[] w,
            int wOffset,
            float[] y,
            int yOffset,
            int yStride,
            int rows,
            int channels);

    /** s[c] = fma chain of a[r][c] · b[r][c], rows ascending, from the present s[c]; rows {@code aStride} and {@code bStride} apart. */
    void addRowProducts(
            float[] a,
            int aOffset,
            int aStride,
            float[] b,
            int bOffset,
            int bStride,
            int rows,
            int channels,
            float[] s,
            int sOffset);
}
