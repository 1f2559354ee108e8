package dev.junco.runtime.kernel;

/** Sums, maxima and softmax as plain loops. */
public final class PlainReductionKernels implements ReductionKernels {
    @Override
    public float sum(float[] x, int xOffset, int n) {
        return (sumQuarter(x, xOffset, n, 0) + sumQuarter(x, xOffset, n, 2))
                + (sumQuarter(x, xOffset, n, 1) + sumQuarter(x, xOffset, n, 3));
    }

    /**
     * The virtual lanes q, q + 4, q + 8, q + 12, added up as the definition says: four chains that run side by side.
     */
    private static float sumQuarter(float[] x, int xOffset, int n, int q) {
        float l0 = 0f;
        float l4 = 0f;
        float l8 = 0f;
        float l12 = 0f;
        int i = q;
        for (; i + 12 < n; i += LANES) {
            l0 += x[xOffset + i];
            l4 += x[xOffset + i + 4];
            l8 += x[xOffset + i + 8];
            l12 += x[xOffset + i + 12];
        }
        if (i < n) {
            l0 += x[xOffset + i];
        }
        if (i + 4 < n) {
            l4 += x[xOffset + i + 4];
        }
        if (i + 8 < n) {
            l8 += x[xOffset + i + 8];
        }
        return (l0 + l8) + (l4 + l12);
    }

    @Override
    public float dot(float[] a, int aOffset, float[] b, int bOffset, int n) {
        return (dotQuarter(a, aOffset, b, bOffset, n, 0) + dotQuarter(a, aOffset, b, bOffset, n, 2))
                + (dotQuarter(a, aOffset, b, bOffset, n, 1) + dotQuarter(a, aOffset, b, bOffset, n, 3));
    }

    private static float dotQuarter(float[] a, int aOffset, float[] b, int bOffset, int n, int q) {
        float l0 = 0f;
        float l4 = 0f;
        float l8 = 0f;
        float l12 = 0f;
        int i = q;
        for (; i + 12 < n; i += LANES) {
            l0 = MultiplyAdd.of(a[aOffset + i], b[bOffset + i], l0);
            l4 = MultiplyAdd.of(a[aOffset + i + 4], b[bOffset + i + 4], l4);
            l8 = MultiplyAdd.of(a[aOffset + i + 8], b[bOffset + i + 8], l8);
            l12 = MultiplyAdd.of(a[aOffset + i + 12], b[bOffset + i + 12], l12);
        }
        if (i < n) {
            l0 = MultiplyAdd.of(a[aOffset + i], b[bOffset + i], l0);
        }
        if (i + 4 < n) {
            l4 = MultiplyAdd.of(a[aOffset + i + 4], b[bOffset + i + 4], l4);
        }
        if (i + 8 < n) {
            l8 = MultiplyAdd.of(a[aOffset + i + 8], b[bOffset + i + 8], l8);
        }
        return (l0 + l8) + (l4 + l12);
    }

    @Override
    public float max(float[] x, int xOffset, int n) {
        float max = x[xOffset];
        for (int i = 1; i < n; i++) {
            max = Math.max(max, x[xOffset + i]);
        }
        return max;
    }

    @Override
    public void addColumns(float[] x, int xOffset, int rows, int columns, float[] y, int yOffset) {
        for (int i = 0; i < rows; i++) {
            int row = xOffset + i * columns;
            for (int j = 0; j < columns; j++) {
                y[yOffset + j] += x[row + j];
            }
        }
    }

    @Override
    public void addSquaredDeviations(
            float[] x, int xOffset, int rows, int columns, float[] center, int centerOffset, float[] y, int yOffset) {
        for (int i = 0; i < rows; i++) {
            int row = xOffset + i * columns;
            for (int j = 0; j < columns; j++) {
                float deviation = x[row + j] - center[centerOffset + j];
                y[yOffset + j] = MultiplyAdd.of(deviation, deviation, y[yOffset + j]);
            }
        }
    }

    @Override
    public void addColumnProducts(
            float[] a, int aOffset, float[] b, int bOffset, int rows, int columns, float[] y, int yOffset) {
        for (int i = 0; i < rows; i++) {
            int aRow = aOffset + i * columns;
            int bRow = bOffset + i * columns;
            for (int j = 0; j < columns; j++) {
                y[yOffset + j] = MultiplyAdd.of(a[aRow + j], b[bRow + j], y[yOffset + j]);
            }
        }
    }

    @Override
    public void softmax(float[] x, int xOffset, float[] y, int yOffset, int rows, int columns, float beta) {
        for (int r = 0; r < rows; r++) {
            softmaxRow(x, xOffset + r * columns, y, yOffset + r * columns, columns, beta);
        }
    }

    private void softmaxRow(float[] x, int xOffset, float[] y, int yOffset, int n, float beta) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            max = Math.max(max, beta * x[xOffset + i]);
        }
        exponentials(x, xOffset, y, yOffset, n, beta, max);
        float scale = 1f / sum(y, yOffset, n);
        for (int i = 0; i < n; i++) {
            y[yOffset + i] *= scale;
        }
    }

    /** y = exp(beta · x − max). */
    public static void exponentials(float[] x, int xOffset, float[] y, int yOffset, int n, float beta, float max) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] = Polynomials.exp(MultiplyAdd.of(beta, x[xOffset + i], -max));
        }
    }
}
