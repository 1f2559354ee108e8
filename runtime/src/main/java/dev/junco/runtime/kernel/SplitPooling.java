package dev.junco.runtime.kernel;

/** Pooling kernels of two providers, each by the one whose kernel is warm. */
final class SplitPooling extends Split<PoolingKernels> implements PoolingKernels {
    private SplitPooling(PoolingKernels plain, PoolingKernels vector, int ready, Demand demand) {
        super(KernelFamily.POOLING, plain, vector, ready, demand);
    }

    /** {@code kernels}, which take note of what they are asked for. */
    static PoolingKernels noting(PoolingKernels kernels, Demand demand) {
        return new SplitPooling(kernels, kernels, 0, demand);
    }

    /** {@code kernels} with some of {@code by}. */
    static PoolingKernels with(int some, PoolingKernels kernels, PoolingKernels by) {
        SplitPooling split = (SplitPooling) kernels;
        return new SplitPooling(split.plain(), by, split.ready() | some, split.demand());
    }

    @Override
    public void maxPool(
            PoolGeometry g,
            int fromRow,
            int toRow,
            float[] x,
            int xOffset,
            float[] y,
            int yOffset,
            float lo,
            float hi) {
        by(0).maxPool(g, fromRow, toRow, x, xOffset, y, yOffset, lo, hi);
    }

    @Override
    public void averagePool(
            PoolGeometry g,
            int fromRow,
            int toRow,
            float[] x,
            int xOffset,
            float[] y,
            int yOffset,
            float lo,
            float hi) {
        by(1).averagePool(g, fromRow, toRow, x, xOffset, y, yOffset, lo, hi);
    }

    @Override
    public void maxPoolI8(
            PoolGeometry g, int fromRow, int toRow, byte[] x, int xOffset, byte[] y, int yOffset, int lo, int hi) {
        by(2).maxPoolI8(g, fromRow, toRow, x, xOffset, y, yOffset, lo, hi);
    }

    @Override
    public void averagePoolI8(
            PoolGeometry g, int fromRow, int toRow, byte[] x, int xOffset, byte[] y, int yOffset, int lo, int hi) {
        by(3).averagePoolI8(g, fromRow, toRow, x, xOffset, y, yOffset, lo, hi);
    }
}
