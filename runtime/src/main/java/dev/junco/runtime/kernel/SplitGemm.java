package dev.junco.runtime.kernel;

/**
 * Products of two kinds: a network need not wait until those are warm whose results are made in registers.
 *
 * @param products all
 * @param rescales whether products of integers whose results are made in registers are warm
 */
record SplitGemm(GemmKernels products, boolean rescales) implements GemmKernels {
    /** {@code gemm} with a family of {@code by}; products themselves come first. */
    static GemmKernels with(KernelFamily family, GemmKernels gemm, GemmKernels by) {
        switch (family) {
            case PRODUCT:
                return by.rescales() ? new SplitGemm(by, false) : by;
            case RESCALED_PRODUCT:
                return by;
            default:
                return gemm;
        }
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
    public GemmKernels packer(boolean inBytes) {
        return products.packer(inBytes);
    }

    @Override
    public long packedBytes(int k, int n, boolean inBytes) {
        return products.packedBytes(k, n, inBytes);
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
        products.multiplyTransposed(
                a, fromRow, toRow, fromDepth, toDepth, b, bOffset, bStride, n, c, cOffset, cStride, workspace);
    }
}
