package dev.junco.runtime.kernel;

/**
 * Plain products for Android: products of bytes stay in integers and are sums over two whole rows, which ART's compiler turns into one dot-product
 * instruction for 16 of them. HotSpot's compilers do not, so on a JVM these loops are many times slower than {@link PlainGemmKernels}; the results are
 * the same.
 */
public final class DotGemmKernels implements GemmKernels {
    private final PlainGemmKernels floats = new PlainGemmKernels();

    @Override
    public PackedMatrix allocate(int k, int n) {
        return floats.allocate(k, n);
    }

    @Override
    public PackedMatrix allocateBytes(int k, int n) {
        return new DotMatrix(k, n);
    }

    @Override
    public long packedBytes(int k, int n, boolean bytes) {
        return bytes ? (long) k * n : floats.packedBytes(k, n, false);
    }

    @Override
    public boolean multipliesBytes() {
        return true;
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
        floats.multiplyTransposed(
                a, fromRow, toRow, fromDepth, toDepth, b, bOffset, bStride, n, c, cOffset, cStride, workspace);
    }
}
