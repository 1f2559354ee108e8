package dev.junco.runtime.kernel;

/** Widened int8 values as plain loops. */
public final class PlainWidenedKernels implements WidenedKernels {
    @Override
    public void expand(byte[] x, int xOffset, int zeroPoint, float[] y, int yOffset, int n) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] = x[xOffset + i] - zeroPoint;
        }
    }

    @Override
    public void narrow(float[] x, int xOffset, int zeroPoint, byte[] y, int yOffset, int n) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] = (byte) ((int) x[xOffset + i] + zeroPoint);
        }
    }

    @Override
    public void rescale(Rescaling scaling, float[] acc, int accOffset, int accStride, int rows, int from, int to) {
        for (int r = 0; r < rows; r++) {
            int row = accOffset + r * accStride;
            for (int c = from; c < to; c++) {
                acc[row + c] = scaling.of(c, (int) acc[row + c]);
            }
        }
    }

    @Override
    public void add(QuantizedSum sum, float[] a, int aOffset, float[] b, int bOffset, float[] z, int zOffset, int n) {
        for (int i = 0; i < n; i++) {
            z[zOffset + i] = sum.ofWidened(a[aOffset + i], b[bOffset + i]);
        }
    }
}
