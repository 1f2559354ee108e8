package dev.junco.runtime.kernel;

/**
 * Products by one provider, transposed products by another: inference needs the first alone and need not wait until training's are warm.
 *
 * @param rescales whether products of integers whose results are made in registers are warm
 */
record SplitGemm(GemmKernels products, GemmKernels transposed, boolean rescales) implements GemmKernels {
    /** The same with products whose results are made in registers. */
    static GemmKernels rescaling(GemmKernels gemm) {
        SplitGemm split = gemm instanceof SplitGemm ? (SplitGemm) gemm : new SplitGemm(gemm, gemm, true);
        return new SplitGemm(split.products, split.transposed, true);
    }

    @Override
    public PackedMatrix allocate(int k, int n) {
        return products.allocate(k, n);
    }

    @Override
    public PackedMatrix allocateBytes(int k, int n) {
        return products.allocateBytes(k, n);
    }

    @Override
    public long packedBytes(int k, int n, boolean bytes) {
        return products.packedBytes(k, n, bytes);
    }

    @Override
    public boolean multipliesBytes() {
        return products.multipliesBytes();
    }

    @Override
    public void idle() {
        products.idle();
    }

    @Override
    public void idleBytes() {
        products.idleBytes();
    }

    @Override
    public void idleRescaled() {
        products.idleRescaled();
    }

    @Override
    public void idleTransposed() {
        transposed.idleTransposed();
    }

    @Override
    public void multiplyTransposed(
            RowSource a,
            int fromRow,
            int toRow,
            int fromDepth,
            int toDepth,
            float[] b,
            int bOffset,
            int bStride,
            int n,
            float[] c,
            int cOffset,
            int cStride,
            float[][] workspace) {
        transposed.multiplyTransposed(
                a, fromRow, toRow, fromDepth, toDepth, b, bOffset, bStride, n, c, cOffset, cStride, workspace);
    }
}
