package dev.junco.runtime.kernel;

/** Function kernels of two providers, each by the one whose kernel is warm. */
final class SplitFunction extends Split<FunctionKernels> implements FunctionKernels {
    private SplitFunction(FunctionKernels plain, FunctionKernels vector, int ready, Demand demand) {
        super(KernelFamily.FUNCTION, plain, vector, ready, demand);
    }

    /** {@code kernels}, which take note of what they are asked for. */
    static FunctionKernels noting(FunctionKernels kernels, Demand demand) {
        return new SplitFunction(kernels, kernels, 0, demand);
    }

    /** {@code kernels} with some of {@code by}. */
    static FunctionKernels with(int some, FunctionKernels kernels, FunctionKernels by) {
        SplitFunction split = (SplitFunction) kernels;
        return new SplitFunction(split.plain(), by, split.ready() | some, split.demand());
    }

    @Override
    public void abs(float[] x, int xOffset, float[] y, int yOffset, int n) {
        by(0).abs(x, xOffset, y, yOffset, n);
    }

    @Override
    public void sqrt(float[] x, int xOffset, float[] y, int yOffset, int n) {
        by(1).sqrt(x, xOffset, y, yOffset, n);
    }

    @Override
    public void rsqrt(float[] x, int xOffset, float[] y, int yOffset, int n) {
        by(2).rsqrt(x, xOffset, y, yOffset, n);
    }

    @Override
    public void log(float[] x, int xOffset, float[] y, int yOffset, int n) {
        by(3).log(x, xOffset, y, yOffset, n);
    }

    @Override
    public void erf(float[] x, int xOffset, float[] y, int yOffset, int n) {
        by(4).erf(x, xOffset, y, yOffset, n);
    }

    @Override
    public void gelu(float[] x, int xOffset, float[] y, int yOffset, int n) {
        by(5).gelu(x, xOffset, y, yOffset, n);
    }

    @Override
    public void gate(float[] x, int xOffset, float[] y, int yOffset, int n, float linear, float cubic) {
        by(6).gate(x, xOffset, y, yOffset, n, linear, cubic);
    }

    @Override
    public void elu(
            float[] x, int xOffset, float[] y, int yOffset, int n, float positive, float negative, float inner) {
        by(7).elu(x, xOffset, y, yOffset, n, positive, negative, inner);
    }

    @Override
    public void mish(float[] x, int xOffset, float[] y, int yOffset, int n) {
        by(8).mish(x, xOffset, y, yOffset, n);
    }

    @Override
    public void softplus(float[] x, int xOffset, float[] y, int yOffset, int n) {
        by(9).softplus(x, xOffset, y, yOffset, n);
    }

    @Override
    public void affine(
            float[] x, int xOffset, float[] y, int yOffset, int n, float scale, float shift, float lo, float hi) {
        by(10).affine(x, xOffset, y, yOffset, n, scale, shift, lo, hi);
    }

    @Override
    public void hardSwish(float[] x, int xOffset, float[] y, int yOffset, int n) {
        by(11).hardSwish(x, xOffset, y, yOffset, n);
    }

    @Override
    public void divide(float[] a, int aOffset, float[] b, int bOffset, float[] z, int zOffset, int n) {
        by(12).divide(a, aOffset, b, bOffset, z, zOffset, n);
    }

    @Override
    public void minimum(float[] a, int aOffset, float[] b, int bOffset, float[] z, int zOffset, int n) {
        by(13).minimum(a, aOffset, b, bOffset, z, zOffset, n);
    }

    @Override
    public void maximum(float[] a, int aOffset, float[] b, int bOffset, float[] z, int zOffset, int n) {
        by(14).maximum(a, aOffset, b, bOffset, z, zOffset, n);
    }

    @Override
    public void squaredDifference(float[] a, int aOffset, float[] b, int bOffset, float[] z, int zOffset, int n) {
        by(15).squaredDifference(a, aOffset, b, bOffset, z, zOffset, n);
    }

    @Override
    public void prelu(float[] x, int xOffset, float[] slope, int slopeOffset, float[] z, int zOffset, int n) {
        by(16).prelu(x, xOffset, slope, slopeOffset, z, zOffset, n);
    }
}
