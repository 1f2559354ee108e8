package dev.junco.runtime.kernel;

/** Reduction kernels of two providers, each by the one whose kernel is warm. */
final class SplitReduction extends Split<ReductionKernels> implements ReductionKernels {
    private SplitReduction(ReductionKernels plain, ReductionKernels vector, int ready, Demand demand) {
        super(KernelFamily.REDUCTION, plain, vector, ready, demand);
    }

    /** {@code kernels}, which take note of what they are asked for. */
    static ReductionKernels noting(ReductionKernels kernels, Demand demand) {
        return new SplitReduction(kernels, kernels, 0, demand);
    }

    /** {@code kernels} with some of {@code by}. */
    static ReductionKernels with(int some, ReductionKernels kernels, ReductionKernels by) {
        SplitReduction split = (SplitReduction) kernels;
        return new SplitReduction(split.plain(), by, split.ready() | some, split.demand());
    }

    @Override
    public float sum(float[] x, int xOffset, int n) {
        return by(0).sum(x, xOffset, n);
    }

    @Override
    public float dot(float[] a, int aOffset, float[] b, int bOffset, int n) {
        return by(1).dot(a, aOffset, b, bOffset, n);
    }

    @Override
    public float max(float[] x, int xOffset, int n) {
        return by(2).max(x, xOffset, n);
    }

    @Override
    public void addColumns(float[] x, int xOffset, int rows, int columns, float[] y, int yOffset) {
        by(3).addColumns(x, xOffset, rows, columns, y, yOffset);
    }

    @Override
    public void addSquaredDeviations(
            float[] x, int xOffset, int rows, int columns, float[] center, int centerOffset, float[] y, int yOffset) {
        by(4).addSquaredDeviations(x, xOffset, rows, columns, center, centerOffset, y, yOffset);
    }

    @Override
    public void addColumnProducts(
            float[] a, int aOffset, float[] b, int bOffset, int rows, int columns, float[] y, int yOffset) {
        by(5).addColumnProducts(a, aOffset, b, bOffset, rows, columns, y, yOffset);
    }

    @Override
    public void softmax(float[] x, int xOffset, float[] y, int yOffset, int rows, int columns, float beta) {
        by(6).softmax(x, xOffset, y, yOffset, rows, columns, beta);
    }
}
