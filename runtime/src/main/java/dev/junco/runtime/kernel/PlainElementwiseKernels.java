package dev.junco.runtime.kernel;

/** Functions of single elements as plain loops. */
public final class PlainElementwiseKernels implements ElementwiseKernels {
    @Override
    public void clamp(float[] x, int xOffset, float[] y, int yOffset, int n, float lo, float hi) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] = Math.min(Math.max(x[xOffset + i], lo), hi);
        }
    }

    @Override
    public void leakyRelu(float[] x, int xOffset, float[] y, int yOffset, int n, float alpha) {
        for (int i = 0; i < n; i++) {
            float v = x[xOffset + i];
            y[yOffset + i] = v >= 0f ? v : alpha * v;
        }
    }

    @Override
    public void exp(float[] x, int xOffset, float[] y, int yOffset, int n) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] = Polynomials.exp(x[xOffset + i]);
        }
    }

    @Override
    public void sigmoid(float[] x, int xOffset, float[] y, int yOffset, int n) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] = Polynomials.sigmoid(x[xOffset + i]);
        }
    }

    @Override
    public void tanh(float[] x, int xOffset, float[] y, int yOffset, int n) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] = Polynomials.tanh(x[xOffset + i]);
        }
    }

    @Override
    public void add(float[] a, int aOffset, float[] b, int bOffset, float[] z, int zOffset, int n) {
        for (int i = 0; i < n; i++) {
            z[zOffset + i] = a[aOffset + i] + b[bOffset + i];
        }
    }

    @Override
    public void subtract(float[] a, int aOffset, float[] b, int bOffset, float[] z, int zOffset, int n) {
        for (int i = 0; i < n; i++) {
            z[zOffset + i] = a[aOffset + i] - b[bOffset + i];
        }
    }

    @Override
    public void multiply(float[] a, int aOffset, float[] b, int bOffset, float[] z, int zOffset, int n) {
        for (int i = 0; i < n; i++) {
            z[zOffset + i] = a[aOffset + i] * b[bOffset + i];
        }
    }

    @Override
    public void addScalar(float[] a, int aOffset, float s, float[] z, int zOffset, int n) {
        for (int i = 0; i < n; i++) {
            z[zOffset + i] = a[aOffset + i] + s;
        }
    }

    @Override
    public void subtractFromScalar(float s, float[] a, int aOffset, float[] z, int zOffset, int n) {
        for (int i = 0; i < n; i++) {
            z[zOffset + i] = s - a[aOffset + i];
        }
    }

    @Override
    public void multiplyScalar(float[] a, int aOffset, float s, float[] z, int zOffset, int n) {
        for (int i = 0; i < n; i++) {
            z[zOffset + i] = a[aOffset + i] * s;
        }
    }

    @Override
    public void scaleShift(
            float[] x,
            int xOffset,
            float[] y,
            int yOffset,
            int rows,
            int channels,
            float[] scale,
            int scaleOffset,
            float[] shift,
            int shiftOffset) {
        for (int r = 0; r < rows; r++) {
            int xRow = xOffset + r * channels;
            int yRow = yOffset + r * channels;
            for (int c = 0; c < channels; c++) {
                y[yRow + c] = MultiplyAdd.of(x[xRow + c], scale[scaleOffset + c], shift[shiftOffset + c]);
            }
        }
    }

    @Override
    public void axpy(float s, float[] a, int aOffset, float[] z, int zOffset, int n) {
        for (int i = 0; i < n; i++) {
            z[zOffset + i] = MultiplyAdd.of(a[aOffset + i], s, z[zOffset + i]);
        }
    }
}
