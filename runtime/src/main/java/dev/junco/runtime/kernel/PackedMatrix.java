package dev.junco.runtime.kernel;

/**
 * The right operand B of a matrix product, {@code k} rows by {@code n} columns, in the layout of the kernels that made
 * it. Packed once for constant weights, refilled in each step of training for changing ones.
 *
 * <p>Every element of a product is one chain: {@code c = init; for p ascending: c = fma(A[i][p], B[p][j], c)}, then
 * {@code min(max(c, lo), hi)} with the meaning of {@link Math#max(float, float)}. The chain does not depend on the tile,
 * the vector width or the split over threads, so all providers give the same bits (plain kernels on a platform without
 * fused multiply-add round twice per step).
 *
 * <p>Thread-safe for {@link #multiply} by several workers once {@link #pack} has happened before.
 */
public abstract class PackedMatrix {
    private final int k;
    private final int n;

    protected PackedMatrix(int k, int n) {
        this.k = k;
        this.n = n;
    }

    /** Rows of B: the depth of the product. */
    public final int k() {
        return k;
    }

    /** Columns of B. */
    public final int n() {
        return n;
    }

    /** Blocks of columns that different workers may fill or multiply independently; at least 1. */
    public abstract int columnBlocks();

    /** The first column of a block; {@link #n} for {@link #columnBlocks}. */
    public abstract int firstColumn(int block);

    /**
     * Fills column blocks {@code [fromBlock, toBlock)}: {@code B[p][j] = source[offset + p * rowStride + j *
     * columnStride]}. Allocates nothing.
     */
    public abstract void pack(float[] source, int offset, int rowStride, int columnStride, int fromBlock, int toBlock);

    /** Fills all column blocks. */
    public final void pack(float[] source, int offset, int rowStride, int columnStride) {
        pack(source, offset, rowStride, columnStride, 0, columnBlocks());
    }

    /**
     * C = clamp(init + A·B) for rows {@code [fromRow, toRow)} and column blocks {@code [fromBlock, toBlock)}.
     * Overwrites {@code c[cOffset + i * cStride + j]} for exactly these elements, nothing else. {@code c} may be
     * {@code init} with the same offset and stride (accumulation), but must not overlap A.
     *
     * @param a left operand, {@code a.k() == k()}
     * @param init where the chains start: {@code init[initOffset + i * initStride + j]}; a bias has {@code initStride}
     *     0, an accumulation has {@code init == c}
     * @param cStride distance of two rows of C
     * @param lo lower bound of the result, {@link Float#NEGATIVE_INFINITY} for none; not −0
     * @param hi upper bound of the result, {@link Float#POSITIVE_INFINITY} for none; not −0
     * @param workspace scratch of this worker, see {@link GemmKernels#WORKSPACE_ROWS}; overwritten
     */
    public abstract void multiply(
            RowSource a,
            int fromRow,
            int toRow,
            int fromBlock,
            int toBlock,
            float[] init,
            int initOffset,
            int initStride,
            float[] c,
            int cOffset,
            int cStride,
            float lo,
            float hi,
            float[][] workspace);

    /**
     * Sums of integers and their results in one: {@link #multiply} for a column block, without bounds, and the line of each channel; for as many rows from {@code fromRow}
     * on as these kernels like.
     *
     * @param init where each row's chains start
     * @param rounding of all columns, with results from 0 on; its lines have been looked for
     * @return the first row that is left
     */
    public int multiplyRescaled(
            RowSource a,
            int fromRow,
            int toRow,
            int block,
            float[] init,
            float[] c,
            int cOffset,
            int cStride,
            SingleRounding rounding) {
        return fromRow;
    }

    /**
     * One row: {@code c[cOffset + j] = init[j] + Σ a[p] · B[p][j]} for all columns, in integers below 2²⁴. Only where {@link
     * GemmKernels#multipliesBytes} says so.
     *
     * @param a the row, {@code k()} bytes or more
     */
    public void multiplyBytes(byte[] a, float[] init, float[] c, int cOffset) {
        throw new UnsupportedOperationException(getClass() + " does not multiply bytes");
    }
}
