package dev.junco.trainer.kernel;

/** Rows of channels element by element. */
final class PlainChannelKernels implements ChannelKernels {
    @Override
    public void addCenteredProducts(
            float[] dy,
            int dyOffset,
            float[] x,
            int xOffset,
            int rows,
            int channels,
            float[] mean,
            int meanOffset,
            float[] s,
            int sOffset) {
        addProducts(dy, dyOffset, x, xOffset, rows, 0, channels, channels, mean, meanOffset, s, sOffset);
    }

    /** The channels {@code [from, to)}. */
    void addProducts(
            float[] dy,
            int dyOffset,
            float[] x,
            int xOffset,
            int rows,
            int from,
            int to,
            int channels,
            float[] mean,
            int meanOffset,
            float[] s,
            int sOffset) {
        for (int r = 0; r < rows; r++) {
            int row = r * channels;
            for (int c = from; c < to; c++) {
                float centered = x[xOffset + row + c] - mean[meanOffset + c];
                s[sOffset + c] = Math.fma(dy[dyOffset + row + c], centered, s[sOffset + c]);
            }
        }
    }

    @Override
    public void combine(
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
            float[] d) {
        for (int r = 0; r < rows; r++) {
            combineRow(dy, dyOffset, x, xOffset, dx, dxOffset, r * channels, 0, channels, mean, meanOffset, a, b, d);
        }
    }

    /** The channels {@code [from, to)} of a row. */
    void combineRow(
            float[] dy,
            int dyOffset,
            float[] x,
            int xOffset,
            float[] dx,
            int dxOffset,
            int row,
            int from,
            int to,
            float[] mean,
            int meanOffset,
            float[] a,
            float[] b,
            float[] d) {
        for (int c = from; c < to; c++) {
            float centered = x[xOffset + row + c] - mean[meanOffset + c];
            dx[dxOffset + row + c] = Math.fma(a[c], dy[dyOffset + row + c], Math.fma(b[c], centered, d[c]));
        }
    }

    @Override
    public void addScaledRows(
            float[] x,
            int xOffset,
            int xStride,
            float[] w,
            int wOffset,
            float[] y,
            int yOffset,
            int yStride,
            int rows,
            int channels) {
        addScaledChannels(x, xOffset, xStride, w, wOffset, y, yOffset, yStride, rows, 0, channels);
    }

    /** The channels {@code [from, to)}. */
    void addScaledChannels(
            float[] x,
            int xOffset,
            int xStride,
            float[] w,
            int wOffset,
            float[] y,
            int yOffset,
            int yStride,
            int rows,
            int from,
            int to) {
        for (int r = 0; r < rows; r++) {
            for (int c = from; c < to; c++) {
                int at = yOffset + r * yStride + c;
                y[at] = Math.fma(x[xOffset + r * xStride + c], w[wOffset + c], y[at]);
            }
        }
    }

    @Override
    public void addRowProducts(
            float[] a,
            int aOffset,
            int aStride,
            float[] b,
            int bOffset,
            int bStride,
            int rows,
            int channels,
            float[] s,
            int sOffset) {
        addChannelProducts(a, aOffset, aStride, b, bOffset, bStride, rows, 0, channels, s, sOffset);
    }

    /** The channels {@code [from, to)}. */
    void addChannelProducts(
            float[] a,
            int aOffset,
            int aStride,
            float[] b,
            int bOffset,
            int bStride,
            int rows,
            int from,
            int to,
            float[] s,
            int sOffset) {
        for (int r = 0; r < rows; r++) {
            for (int c = from; c < to; c++) {
                s[sOffset + c] = Math.fma(a[aOffset + r * aStride + c], b[bOffset + r * bStride + c], s[sOffset + c]);
            }
        }
    }
}
