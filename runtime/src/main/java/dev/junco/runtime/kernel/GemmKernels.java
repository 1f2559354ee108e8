package dev.junco.runtime.kernel;

/** Matrix products: the heart of dense layers, convolutions and their gradients. */
public interface GemmKernels {
    /** A worker's scratch for products: {@code new float[WORKSPACE_ROWS][WORKSPACE_COLUMNS]}. */
    int WORKSPACE_ROWS = 64;

    int WORKSPACE_COLUMNS = 256;

    /** An unfilled right operand of {@code k} rows and {@code n} columns; both at least 1. */
    PackedMatrix allocate(int k, int n);

    /** Bytes of the elements of {@link #allocate}{@code (k, n)}, or of {@link #allocateBytes}. */
    long packedBytes(int k, int n, boolean bytes);

    /**
     * {@link #allocate} for a product of few rows and of integers: B from −127 to 127, A from −128 to 127 in one segment, an integer init; no sum
     * leaves ±2²⁴, so the order of additions does not matter.
     */
    default PackedMatrix allocateBytes(int k, int n) {
        return allocate(k, n);
    }

    /** Whose {@link #allocate} or {@link #allocateBytes} this is: matrices packed for the same packer need not be packed again. */
    default GemmKernels packer(boolean bytes) {
        return this;
    }

    /** Whether matrices of {@link #allocateBytes} have {@link PackedMatrix#multiplyBytes}, for which B may hold −128 and A any number of rows. */
    default boolean multipliesBytes() {
        return false;
    }

    /** The same products without the tile that takes longest to compile, which most of them do well without; this where there is none. */
    default GemmKernels soonest() {
        return this;
    }

    /**
     * Calls every loop of {@link PackedMatrix#multiply} that is compiled by itself once, with nothing to do; for the warm-up, because compilers count
     * calls. Of {@link #soonest}.
     */
    default void idle() {}

    /** {@link #idle} for the tile that {@link #soonest} does without. */
    default void idleMain() {}

    /** {@link #idle} for the matrices of {@link #allocateBytes}. */
    default void idleBytes() {}

    /** Whether {@link PackedMatrix#multiplyRescaled} is worth its call. */
    default boolean rescales() {
        return false;
    }

    /** {@link #idle} for {@link PackedMatrix#multiplyRescaled}. */
    default void idleRescaled() {}

    /**
     * C += Aᵀ·B for rows {@code [fromRow, toRow)} of C, the product of weight gradients: {@code C[i][j] = fma chain over
     * p ascending of A[p][i] · B[p][j]}, started from the present {@code C[i][j]}. Here the rows of {@code a} are the
     * depth (pixels or samples) and its columns are the rows of C.
     *
     * @param a left operand with {@code a.m()} = depth, {@code a.k()} = rows of C
     * @param fromDepth first p
     * @param toDepth end of p
     * @param b right operand {@code B[p][j] = b[bOffset + p * bStride + j]}, not packed
     * @param n columns of B and C
     * @param c result {@code c[cOffset + i * cStride + j]}, accumulated into
     * @param workspace scratch of this worker, overwritten
     */
    void multiplyTransposed(
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
            float[][] workspace);
}
