package dev.junco.runtime.kernel;

/**
 * Products of which not all kinds are warm: a network need not wait for the main tile, nor for results in registers.
 *
 * @param products all
 * @param rescales whether products of integers whose results are made in registers are warm
 */
record SplitGemm(GemmKernels products, boolean rescales) implements GemmKernels {
    /** {@code gemm} with a family of {@code by}; products themselves come first. */
    static GemmKernels with(KernelFamily family, GemmKernels gemm, GemmKernels by) {
        GemmKernels products = gemm instanceof SplitGemm ? ((SplitGemm) gemm).products : gemm;
        switch (family) {
            case PRODUCT:
                return of(by.soonest(), false, by);
            case MAIN_PRODUCT:
                return of(by, gemm.rescales(), by);
            case RESCALED_PRODUCT:
                return of(products, by.rescales(), by);
            default:
                return gemm;
        }
    }

    private static GemmKernels of(GemmKernels products, boolean rescales, GemmKernels by) {
        return products == by && rescales == by.rescales() ? by : new SplitGemm(products, rescales);
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
