package dev.junco.runtime.op;

import dev.junco.runtime.kernel.PackedMatrix;
import dev.junco.runtime.kernel.WidenedKernels;
import java.util.Arrays;
import java.util.List;

/**
 * int8 product: exact integer sums in float32 fused multiply-adds, then bias, fixed-point scale and clamp. The depth is cut into pieces whose sums
 * stay below 2²⁴ whatever the input is, so every float in between is an exact integer; almost always there is one piece. A unit is a block of rows.
 *
 * <p>The left operand is either an image that a step before has widened to floats, or rows of int8 values that lie one behind the other (a dense layer, a
 * 1×1 convolution); those are widened here block by block, so that the floats stay in the cache. A single such row keeps its zero point, whose part
 * of the sums is known beforehand, so that kernels may multiply bytes.
 */
final class QuantizedProductStep extends Step {
    /** Rows of a block, and where short rows are widened for it: then the block stays in the first-level cache. */
    private static final int BLOCK = 48;

    private static final int SHORT_ROWS_BLOCK = 24;
    private static final int SHORT_ROW = 256;

    /** Lanes of the widest vectors. */
    private static final int WIDEST = 16;

    /** Elements that stay in the second-level cache. */
    private static final int NEAR = 1 << 14;

    /** So few rows at the end go to the block before: a block of its own would have all weights pass by for them. */
    private static final int REMAINDER = 12;

    private final Binding binding;
    private final int m;
    private final List<List<ExactDepth.Piece>> pieces;
    private final PackedWeights[] packed;
    private final QuantizedResult y;
    private final int depth;
    private final int block;
    private final int units;
    private final float[] start;
    private final ByteRef x;
    private final int zeroPoint;
    private final float[][] expanded;
    private final int[][] rowSums;

    /**
     * A product whose depth is cut already.
     *
     * @param m rows
     * @param pieces for each worker
     * @param x the operand, where each worker widens a block of rows at a time, else null
     * @param expanded the workers' blocks, or null
     * @param y the result, {@link #mostRows} at a time
     * @param depth of a row of x
     * @param start what each sum starts from
     */
    QuantizedProductStep(
            Binding binding,
            int m,
            List<List<ExactDepth.Piece>> pieces,
            PackedWeights[] packed,
            ByteRef x,
            int zeroPoint,
            float[][] expanded,
            QuantizedResult y,
            int depth,
            float[] start) {
        super((long) m * y.channels() * packed[0].matrix().k() * packed.length);
        this.binding = binding;
        this.m = m;
        this.pieces = pieces;
        this.packed = packed;
        this.x = x;
        this.zeroPoint = zeroPoint;
        this.expanded = expanded;
        this.y = y;
        this.depth = depth;
        int n = y.channels();
        this.block = Math.min(m, expanded != null ? block(depth + n) : y.isInPlace() ? blockInPlace(n) : BLOCK);
        this.units = Math.max(1, (m + block - REMAINDER - 1) / block);
        this.start = start;
        this.rowSums = new int[binding.workers()][packed.length > 1 ? (block + REMAINDER) * n : 0];
    }

    /** Most rows of m that are computed at a time. */
    static int mostRows(int m) {
        return Math.min(BLOCK + REMAINDER, m);
    }

    /** Most rows of so many elements in both operand and result that are widened at a time. */
    static int mostWidened(int rowLength) {
        return block(rowLength) + REMAINDER;
    }

    /** Rows of a block whose sums are made in the result: as few blocks as the second-level cache allows, unless workers share them. */
    private int blockInPlace(int n) {
        return binding.workers() > 1 ? BLOCK : Math.max(BLOCK, NEAR / n / BLOCK * BLOCK);
    }

    /** Rows of a block that are widened for it, of so many elements in both operand and result. */
    private static int block(int rowLength) {
        return rowLength <= SHORT_ROW ? SHORT_ROWS_BLOCK : BLOCK;
    }

    @Override
    public Object kernel() {
        return packed[0].matrix();
    }

    @Override
    public int units() {
        return units;
    }

    @Override
    public void run(int from, int to, int worker) {
        for (int unit = from; unit < to; unit++) {
            int firstRow = unit * block;
            int rows = unit == units - 1 ? m - firstRow : block;
            WidenedKernels kernels = binding.kernels().kernels().widened();
            if (expanded != null) {
                kernels.expand(x.array(), x.offset() + firstRow * depth, zeroPoint, expanded[worker], 0, rows * depth);
            }
            if (packed.length == 1) {
                multiplyAndRescale(kernels, firstRow, rows, worker);
                y.narrow(kernels, firstRow, rows, worker);
            } else {
                runPieces(kernels, firstRow, rows, worker);
            }
        }
    }

    /** Block by block of columns while they are in the cache, if there are many rows and vectors of any width fill the blocks. */
    private void multiplyAndRescale(WidenedKernels kernels, int firstRow, int rows, int worker) {
        PackedMatrix matrix = packed[0].matrix();
        boolean byBlock = rows > 1 && matrix.n() % WIDEST == 0;
        int step = byBlock ? 1 : matrix.columnBlocks();
        for (int block = 0; block < matrix.columnBlocks(); block += step) {
            int done = byBlock ? multiplyRescaled(matrix, block, firstRow, rows, worker) : 0;
            if (done < rows) {
                multiply(matrix, 0, block, block + step, firstRow, done, rows, worker);
                int end = matrix.firstColumn(block + step);
                y.rescale(kernels, firstRow, done, rows, matrix.firstColumn(block), end, worker);
            }
        }
    }

    /** As many rows of a block of columns as kernels make results of in registers. */
    private int multiplyRescaled(PackedMatrix matrix, int block, int firstRow, int rows, int worker) {
        if (!y.rescaling().isOneSided() || !binding.kernels().kernels().gemm().rescales()) {
            return 0;
        }
        int first = expanded == null ? firstRow : 0;
        return matrix.multiplyRescaled(
                        pieces.get(worker).get(0).rows(),
                        first,
                        first + rows,
                        block,
                        start,
                        y.sums(worker),
                        y.sumsAt(firstRow) - first * y.sumsStride(),
                        y.sumsStride(),
                        y.rescaling().singleRounding())
                - first;
    }

    /** The sums of {@code [fromRow, toRow)}, counted from {@code firstRow}, in some blocks of columns. */
    private void multiply(
            PackedMatrix matrix,
            int piece,
            int fromBlock,
            int toBlock,
            int firstRow,
            int fromRow,
            int toRow,
            int worker) {
        int first = expanded == null ? firstRow : 0;
        matrix.multiply(
                pieces.get(worker).get(piece).rows(),
                first + fromRow,
                first + toRow,
                fromBlock,
                toBlock,
                start,
                0,
                0,
                y.sums(worker),
                y.sumsAt(firstRow) - first * y.sumsStride(),
                y.sumsStride(),
                Float.NEGATIVE_INFINITY,
                Float.POSITIVE_INFINITY,
                binding.workspace(worker));
    }

    /** Adds the pieces' sums as integers; the last piece's sums are added when the result is made. */
    private void runPieces(WidenedKernels kernels, int firstRow, int rows, int worker) {
        int n = y.channels();
        int[] total = rowSums[worker];
        Arrays.fill(total, 0, rows * n, 0);
        float[] sums = y.sums(worker);
        for (int piece = 0; piece < packed.length; piece++) {
            PackedMatrix matrix = packed[piece].matrix();
            multiply(matrix, piece, 0, matrix.columnBlocks(), firstRow, 0, rows, worker);
            for (int row = 0; row < rows && piece < packed.length - 1; row++) {
                int at = y.sumsAt(firstRow) + row * y.sumsStride();
                for (int i = 0; i < n; i++) {
                    total[row * n + i] += (int) sums[at + i];
                }
            }
        }
        y.finish(kernels, firstRow, rows, worker, total);
    }
}
