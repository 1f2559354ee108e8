package dev.junco.runtime.kernel;

/** int8 arithmetic as plain loops. */
public final class PlainQuantizedKernels implements QuantizedKernels {
    @Override
    public void lookup(byte[] x, int xOffset, byte[] table, byte[] y, int yOffset, int n) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] = table[x[xOffset + i] + 128];
        }
    }

    @Override
    public void quantize(float[] x, int xOffset, float scale, int zeroPoint, byte[] y, int yOffset, int n) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] = quantize(x[xOffset + i] / scale, zeroPoint);
        }
    }

    /** Rounds by the exact remainder, because q + 0.5 can itself round up. */
    private static byte quantize(float q, int zeroPoint) {
        float bounded = Math.min(Math.max(q, -1000f), 1000f);
        int whole = (int) bounded;
        float rest = bounded - whole;
        int rounded = whole + (rest >= 0.5f ? 1 : 0) - (rest <= -0.5f ? 1 : 0);
        return (byte) Math.min(Math.max(rounded + zeroPoint, -128), 127);
    }

    @Override
    public void dequantize(byte[] x, int xOffset, float scale, int zeroPoint, float[] y, int yOffset, int n) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] = scale * (x[xOffset + i] - zeroPoint);
        }
    }

    @Override
    public void add(QuantizedSum sum, byte[] a, int aOffset, byte[] b, int bOffset, byte[] z, int zOffset, int n) {
        for (int i = 0; i < n; i++) {
            z[zOffset + i] = sum.result(sum.scaledA(a[aOffset + i]) + sum.scaledB(b[bOffset + i]));
        }
    }

    @Override
    public void subtract(QuantizedSum sum, byte[] a, int aOffset, byte[] b, int bOffset, byte[] z, int zOffset, int n) {
        for (int i = 0; i < n; i++) {
            z[zOffset + i] = sum.result(sum.scaledA(a[aOffset + i]) - sum.scaledB(b[bOffset + i]));
        }
    }

    @Override
    public void multiply(
            QuantizedProduct product, byte[] a, int aOffset, byte[] b, int bOffset, byte[] z, int zOffset, int n) {
        for (int i = 0; i < n; i++) {
            z[zOffset + i] = product.of(a[aOffset + i], b[bOffset + i]);
        }
    }

    @Override
    public void softmax(QuantizedSoftmax softmax, byte[] x, int xOffset, byte[] y, int yOffset, int rows, int columns) {
        for (int r = 0; r < rows; r++) {
            softmax.row(x, xOffset + r * columns, y, yOffset + r * columns, columns);
        }
    }
}
