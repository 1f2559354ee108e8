package dev.junco.runtime.kernel;

/** Elementwise kernels of two providers, each by the one whose kernel is warm. */
final class SplitElementwise extends Split<ElementwiseKernels> implements ElementwiseKernels {
    private SplitElementwise(ElementwiseKernels plain, ElementwiseKernels vector, int ready, Demand demand) {
        super(KernelFamily.ELEMENTWISE, plain, vector, ready, demand);
    }

    /** {@code kernels}, which take note of what they are asked for. */
    static ElementwiseKernels noting(ElementwiseKernels kernels, Demand demand) {
        return new SplitElementwise(kernels, kernels, 0, demand);
    }

    /** {@code kernels} with some of {@code by}. */
    static ElementwiseKernels with(int some, ElementwiseKernels kernels, ElementwiseKernels by) {
        SplitElementwise split = (SplitElementwise) kernels;
        return new SplitElementwise(split.plain(), by, split.ready() | some, split.demand());
    }

    @Override
    public void clamp(float[] x, int xOffset, float[] y, int yOffset, int n, float lo, float hi) {
        by(0).clamp(x, xOffset, y, yOffset, n, lo, hi);
    }

    @Override
    public void leakyRelu(float[] x, int xOffset, float[] y, int yOffset, int n, float alpha) {
        by(1).leakyRelu(x, xOffset, y, yOffset, n, alpha);
    }

    @Override
    public void exp(float[] x, int xOffset, float[] y, int yOffset, int n) {
        by(2).exp(x, xOffset, y, yOffset, n);
    }

    @Override
    public void sigmoid(float[] x, int xOffset, float[] y, int yOffset, int n) {
        by(3).sigmoid(x, xOffset, y, yOffset, n);
    }

    @Override
    public void tanh(float[] x, int xOffset, float[] y, int yOffset, int n) {
        by(4).tanh(x, xOffset, y, yOffset, n);
    }

    @Override
    public void add(float[] a, int aOffset, float[] b, int bOffset, float[] z, int zOffset, int n) {
        by(5).add(a, aOffset, b, bOffset, z, zOffset, n);
    }

    @Override
    public void subtract(float[] a, int aOffset, float[] b, int bOffset, float[] z, int zOffset, int n) {
        by(6).subtract(a, aOffset, b, bOffset, z, zOffset, n);
    }

    @Override
    public void multiply(float[] a, int aOffset, float[] b, int bOffset, float[] z, int zOffset, int n) {
        by(7).multiply(a, aOffset, b, bOffset, z, zOffset, n);
    }

    @Override
    public void addScalar(float[] a, int aOffset, float s, float[] z, int zOffset, int n) {
        by(8).addScalar(a, aOffset, s, z, zOffset, n);
    }

    @Override
    public void subtractFromScalar(float s, float[] a, int aOffset, float[] z, int zOffset, int n) {
        by(9).subtractFromScalar(s, a, aOffset, z, zOffset, n);
    }

    @Override
    public void multiplyScalar(float[] a, int aOffset, float s, float[] z, int zOffset, int n) {
        by(10).multiplyScalar(a, aOffset, s, z, zOffset, n);
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
        by(11).scaleShift(x, xOffset, y, yOffset, rows, channels, scale, scaleOffset, shift, shiftOffset);
    }

    @Override
    public void axpy(float s, float[] a, int aOffset, float[] z, int zOffset, int n) {
        by(12).axpy(s, a, aOffset, z, zOffset, n);
    }
}
