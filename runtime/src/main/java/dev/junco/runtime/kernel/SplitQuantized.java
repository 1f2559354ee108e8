package dev.junco.runtime.kernel;

/** Quantized kernels of two providers, each by the one whose kernel is warm. */
final class SplitQuantized extends Split<QuantizedKernels> implements QuantizedKernels {
    private SplitQuantized(QuantizedKernels plain, QuantizedKernels vector, int ready, Demand demand) {
        super(KernelFamily.QUANTIZED, plain, vector, ready, demand);
    }

    /** {@code kernels}, which take note of what they are asked for. */
    static QuantizedKernels noting(QuantizedKernels kernels, Demand demand) {
        return new SplitQuantized(kernels, kernels, 0, demand);
    }

    /** {@code kernels} with some of {@code by}. */
    static QuantizedKernels with(int some, QuantizedKernels kernels, QuantizedKernels by) {
        SplitQuantized split = (SplitQuantized) kernels;
        return new SplitQuantized(split.plain(), by, split.ready() | some, split.demand());
    }

    @Override
    public void lookup(byte[] x, int xOffset, byte[] table, byte[] y, int yOffset, int n) {
        by(0).lookup(x, xOffset, table, y, yOffset, n);
    }

    @Override
    public void quantize(float[] x, int xOffset, float scale, int zeroPoint, byte[] y, int yOffset, int n) {
        by(1).quantize(x, xOffset, scale, zeroPoint, y, yOffset, n);
    }

    @Override
    public void dequantize(byte[] x, int xOffset, float scale, int zeroPoint, float[] y, int yOffset, int n) {
        by(2).dequantize(x, xOffset, scale, zeroPoint, y, yOffset, n);
    }

    @Override
    public void add(QuantizedSum sum, byte[] a, int aOffset, byte[] b, int bOffset, byte[] z, int zOffset, int n) {
        by(3).add(sum, a, aOffset, b, bOffset, z, zOffset, n);
    }

    @Override
    public void subtract(QuantizedSum sum, byte[] a, int aOffset, byte[] b, int bOffset, byte[] z, int zOffset, int n) {
        by(4).subtract(sum, a, aOffset, b, bOffset, z, zOffset, n);
    }

    @Override
    public void multiply(
            QuantizedProduct product, byte[] a, int aOffset, byte[] b, int bOffset, byte[] z, int zOffset, int n) {
        by(5).multiply(product, a, aOffset, b, bOffset, z, zOffset, n);
    }

    @Override
    public void softmax(QuantizedSoftmax softmax, byte[] x, int xOffset, byte[] y, int yOffset, int rows, int columns) {
        by(6).softmax(softmax, x, xOffset, y, yOffset, rows, columns);
    }
}
