package dev.junco.trainer.kernel;

/** Derivatives element by element. */
final class PlainGradientKernels implements GradientKernels {
    @Override
    public void clamp(
            float[] dy, int dyOffset, float[] y, int yOffset, float[] dx, int dxOffset, int n, float lo, float hi) {
        for (int i = 0; i < n; i++) {
            float at = y[yOffset + i];
            dx[dxOffset + i] = at > lo && at < hi ? dy[dyOffset + i] : 0f;
        }
    }

    @Override
    public void sigmoid(float[] dy, int dyOffset, float[] y, int yOffset, float[] dx, int dxOffset, int n) {
        for (int i = 0; i < n; i++) {
            float at = y[yOffset + i];
            dx[dxOffset + i] = dy[dyOffset + i] * (at * (1f - at));
        }
    }

    @Override
    public void tanh(float[] dy, int dyOffset, float[] y, int yOffset, float[] dx, int dxOffset, int n) {
        for (int i = 0; i < n; i++) {
            float at = y[yOffset + i];
            dx[dxOffset + i] = dy[dyOffset + i] * Math.fma(-at, at, 1f);
        }
    }

    @Override
    public void leakyRelu(
            float[] dy, int dyOffset, float[] x, int xOffset, float[] dx, int dxOffset, int n, float alpha) {
        for (int i = 0; i < n; i++) {
            float slope = x[xOffset + i] >= 0 ? 1f : alpha;
            dx[dxOffset + i] = slope * dy[dyOffset + i];
        }
    }

    @Override
    public void dropout(
            float[] x,
            int xOffset,
            float[] y,
            int yOffset,
            int n,
            int first,
            int key0,
            int key1,
            int threshold,
            float scale) {
        for (int i = 0; i < n; i++) {
            boolean kept = CounterRandom.bits(first + i, key0, key1) >>> 8 >= threshold;
            y[yOffset + i] = kept ? scale * x[xOffset + i] : 0f;
        }
    }

    @Override
    public void maxPoolWindow(
            float[] x,
            int xOffset,
            float[] dx,
            int dxOffset,
            int rowStride,
            int rows,
            int columns,
            float[] dy,
            int dyOffset,
            int n,
            float lo,
            float hi,
            boolean accumulate) {
        maxPoolChannels(x, xOffset, dx, dxOffset, rowStride, rows, columns, dy, dyOffset, 0, n, n, lo, hi, accumulate);
    }

    /** The channels {@code [from, to)} of a window. */
    void maxPoolChannels(
            float[] x,
            int xOffset,
            float[] dx,
            int dxOffset,
            int rowStride,
            int rows,
            int columns,
            float[] dy,
            int dyOffset,
            int from,
            int to,
            int channels,
            float lo,
            float hi,
            boolean accumulate) {
        for (int c = from; c < to; c++) {
            float max = Float.NEGATIVE_INFINITY;
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    max = Math.max(max, x[xOffset + row * rowStride + column * channels + c]);
                }
            }
            float gradient = max > lo && max < hi ? dy[dyOffset + c] : 0f;
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    int cell = row * rowStride + column * channels + c;
                    float share = 0f;
                    if (x[xOffset + cell] == max) {
                        share = gradient;
                        gradient = 0f;
                    }
                    dx[dxOffset + cell] = accumulate ? dx[dxOffset + cell] + share : share;
                }
            }
        }
    }
}
