package dev.junco.runtime.op;

import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.kernel.PackedMatrix;
import dev.junco.runtime.kernel.QuantizedKernels;
import dev.junco.runtime.kernel.RowSource;
import java.util.ArrayList;
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
    /** Rows of a block where a row of the operands is long, and where it is short: then the block stays in the first-level cache. */
    private static final int BLOCK = 48;

    private static final int SHORT_ROWS_BLOCK = 24;
    private static final int SHORT_ROW = 256;

    /** So few rows at the end go to the block before: a block of its own would have all weights pass by for them. */
    private static final int REMAINDER = 12;

    private final Binding binding;
    private final int m;
    private final List<List<ExactDepth.Piece>> pieces;
    private final PackedWeights[] packed;
    private final Requantization scaling;
    private final ByteRef y;
    private final int yStride;
    /** Where each row goes, null if rows are yStride apart. */
    private final int[] targets;

    private final int depth;
    private final int block;
    private final int units;
    private final float[] start;
    private final ByteRef x;
    private final int zeroPoint;
    private final float[][] widened;
    private final float[][] sums;
    private final int[][] partial;
    private final int[][] rowSums;

    /**
     * A product whose depth is cut already.
     *
     * @param m rows
     * @param pieces for each worker
     * @param x the operand, where each worker widens a block of rows at a time, else null
     * @param widened the workers' blocks, or null
     * @param y where the first element goes
     * @param yStride distance of two rows of the result
     * @param targets distance of each row from y instead, or null
     * @param depth of a row of x
     * @param start what each sum starts from
     */
    QuantizedProductStep(
            Binding binding,
            int m,
            List<List<ExactDepth.Piece>> pieces,
            PackedWeights[] packed,
            Requantization scaling,
            ByteRef x,
            int zeroPoint,
            float[][] widened,
            ByteRef y,
            int yStride,
            int[] targets,
            int depth,
            float[] start) {
        super((long) m * scaling.channels() * packed[0].matrix().k() * packed.length);
        this.binding = binding;
        this.m = m;
        this.pieces = pieces;
        this.packed = packed;
        this.scaling = scaling;
        this.x = x;
        this.zeroPoint = zeroPoint;
        this.widened = widened;
        this.y = y;
        this.yStride = yStride;
        this.targets = targets;
        this.depth = depth;
        int n = scaling.channels();
        this.block = block(m, depth + n);
        this.units = Math.max(1, (m + block - REMAINDER - 1) / block);
        this.start = start;
        int rows = Math.min(block + REMAINDER, m);
        this.sums = new float[binding.workers()][rows * n];
        this.partial = new int[binding.workers()][packed.length > 1 ? n : 0];
        this.rowSums = new int[binding.workers()][packed.length > 1 ? rows * n : 0];
    }

    private static int block(int m, int rowLength) {
        return Math.min(m, rowLength <= SHORT_ROW ? SHORT_ROWS_BLOCK : BLOCK);
    }

    /**
     * Appends the product of the units {@code [firstUnit, firstUnit + units)} of a dense or convolution node.
     *
     * @param a the input without its zero point, as floats
     */
    static void bind(Binding binding, Node node, Activation activation, RowSource a, int firstUnit, int units) {
        bind(binding, node, activation, a, null, firstUnit, units);
    }

    /** Appends the product of a node whose input is a matrix of m rows. */
    static void bindDense(Binding binding, Node node, Activation activation, int m, int units) {
        if (ByteProductStep.bind(binding, node, activation, m, units)) {
            return;
        }
        int depth = node.input(0).shape().elements() / m;
        int rows = Math.min(block(m, depth + units) + REMAINDER, m);
        float[][] widened = new float[binding.workers()][rows * depth];
        RowSource a = RowSource.dense(widened[0], 0, rows, depth, depth);
        bind(binding, node, activation, a, widened, 0, units);
    }

    private static void bind(
            Binding binding,
            Node node,
            Activation activation,
            RowSource a,
            float[][] widened,
            int firstUnit,
            int units) {
        Value x = node.input(0);
        Value w = node.input(1);
        int depth = a.k();
        int zeroPoint = x.quantization().zeroPoint();
        int largest = Math.max(127 - zeroPoint, zeroPoint + 128);
        byte[] weights = binding.bytes(w).array();
        int first = binding.bytes(w).offset() + firstUnit * depth;
        List<List<ExactDepth.Piece>> pieces = new ArrayList<>();
        pieces.add(ExactDepth.cut(a, weights, first, units, largest, Products.weightsZeroPoint(w)));
        for (int worker = 1; worker < binding.workers(); worker++) {
            pieces.add(widened == null ? pieces.get(0) : over(widened[worker], pieces.get(0)));
        }
        int m = widened == null ? a.m() : x.shape().elements() / depth;
        PackedWeights[] packed = new PackedWeights[pieces.get(0).size()];
        boolean bytes = widened != null
                && m == 1
                && packed.length == 1
                && Products.weightsZeroPoint(w) == 0
                && isSymmetric(weights, first, units * depth);
        for (int i = 0; i < packed.length; i++) {
            ExactDepth.Piece piece = pieces.get(0).get(i);
            packed[i] = binding.packed(
                    w, new Packing(piece.rows().k(), units, firstUnit * depth + piece.firstDepth(), 1, depth, bytes));
        }
        float[] start = new float[units];
        if (bytes) {
            for (int i = 0; i < units * depth; i++) {
                start[i / depth] -= zeroPoint * weights[first + i];
            }
        }
        ByteRef y = binding.bytes(node.output());
        binding.add(new QuantizedProductStep(
                binding,
                m,
                pieces,
                packed,
                Requantization.of(binding, node, activation, firstUnit, units),
                binding.bytes(x),
                bytes ? 0 : zeroPoint,
                widened,
                new ByteRef(y.array(), y.offset() + firstUnit),
                w.shape().dim(0),
                null,
                depth,
                start));
    }

    /** Whether no weight is −128, as the specification demands. */
    private static boolean isSymmetric(byte[] weights, int from, int count) {
        for (int i = from; i < from + count; i++) {
            if (weights[i] == Byte.MIN_VALUE) {
                return false;
            }
        }
        return true;
    }

    /** The same pieces of another worker's rows. */
    private static List<ExactDepth.Piece> over(float[] data, List<ExactDepth.Piece> pieces) {
        List<ExactDepth.Piece> others = new ArrayList<>();
        for (ExactDepth.Piece piece : pieces) {
            RowSource a = piece.rows();
            others.add(new ExactDepth.Piece(
                    piece.firstDepth(),
                    new RowSource(
                            data, a.base(), a.rows(), a.rowRun(), a.rowStride(), a.segments(), a.segmentLength())));
        }
        return others;
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
            if (widened != null) {
                QuantizedKernels kernels = binding.kernels().kernels().quantized();
                kernels.expand(x.array(), x.offset() + firstRow * depth, zeroPoint, widened[worker], 0, rows * depth);
            }
            if (packed.length == 1) {
                multiply(0, firstRow, rows, worker);
                requantize(firstRow, rows, worker);
            } else {
                runPieces(firstRow, rows, worker);
            }
        }
    }

    private void multiply(int piece, int firstRow, int rows, int worker) {
        PackedMatrix matrix = packed[piece].matrix();
        int n = scaling.channels();
        int first = widened == null ? firstRow : 0;
        matrix.multiply(
                pieces.get(worker).get(piece).rows(),
                first,
                first + rows,
                0,
                matrix.columnBlocks(),
                start,
                0,
                0,
                sums[worker],
                -first * n,
                n,
                Float.NEGATIVE_INFINITY,
                Float.POSITIVE_INFINITY,
                binding.workspace(worker));
    }

    private void requantize(int firstRow, int rows, int worker) {
        QuantizedKernels kernels = binding.kernels().kernels().quantized();
        int n = scaling.channels();
        if (yStride == n && targets == null) {
            scaling.apply(kernels, sums[worker], 0, rows, scaling.bias(), y.array(), y.offset() + firstRow * n);
            return;
        }
        for (int row = 0; row < rows; row++) {
            int target = target(firstRow + row);
            scaling.apply(kernels, sums[worker], row * n, 1, scaling.bias(), y.array(), target);
        }
    }

    private int target(int row) {
        return y.offset() + (targets == null ? row * yStride : targets[row]);
    }

    /** Adds the pieces' sums as integers; the last piece's sums enter the requantisation with the others as its bias. */
    private void runPieces(int firstRow, int rows, int worker) {
        QuantizedKernels kernels = binding.kernels().kernels().quantized();
        int n = scaling.channels();
        int[] total = rowSums[worker];
        int count = rows * n;
        for (int i = 0; i < count; i++) {
            total[i] = scaling.bias()[i % n];
        }
        for (int piece = 0; piece < packed.length; piece++) {
            multiply(piece, firstRow, rows, worker);
            if (piece < packed.length - 1) {
                for (int i = 0; i < count; i++) {
                    total[i] += (int) sums[worker][i];
                }
            }
        }
        for (int row = 0; row < rows; row++) {
            System.arraycopy(total, row * n, partial[worker], 0, n);
            int target = target(firstRow + row);
            scaling.apply(kernels, sums[worker], row * n, 1, partial[worker], y.array(), target);
        }
    }
}
