package dev.junco.runtime.kernel;

/**
 * Products of several kinds, each by the provider whose kernels are warm: a network need not wait until those are warm that it does not use.
 *
 * @param products of floats, and of a row by bytes
 * @param transposed of training alone
 * @param rescales whether products of integers whose results are made in registers are warm
 */
record SplitGemm(GemmKernels products, GemmKernels transposed, boolean rescales) implements GemmKernels {
    private static SplitGemm of(GemmKernels gemm) {
        return gemm instanceof SplitGemm ? (SplitGemm) gemm : new SplitGemm(gemm, gemm, gemm.rescales());
    }

    static GemmKernels withProducts(GemmKernels gemm, GemmKernels by) {
        SplitGemm split = of(gemm);
        return new SplitGemm(by, split.transposed, split.rescales).whole();
    }

    static GemmKernels withTransposed(GemmKernels gemm, GemmKernels by) {
        SplitGemm split = of(gemm);
        return new SplitGemm(split.products, by, split.rescales).whole();
    }

    static GemmKernels withRescaled(GemmKernels gemm, GemmKernels by) {
        SplitGemm split = of(gemm);
        return new SplitGemm(split.products, split.transposed, by.rescales()).whole();
    }

    /** The provider itself, once all are its. */
    private GemmKernels whole() {
        boolean one = products == transposed && rescales == products.rescales();
        return one ? products : this;
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
