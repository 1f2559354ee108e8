package dev.junco.runtime.op;

import dev.junco.runtime.Quantization;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.kernel.FixedPoint;
import dev.junco.runtime.kernel.KernelSource;
import dev.junco.runtime.kernel.PackedMatrix;
import dev.junco.runtime.kernel.RowSource;

/**
 * int8 products of the matrices of two batches, both with zero points: exact sums in float32 over depths that cannot leave ±2²⁴, added as integers,
 * then requantised. A unit is a block of rows of one matrix.
 */
final class QuantizedMatMulStep extends Step {
    private static final int BLOCK = 48;

    /** 256 · 255 · 255 is below 2²⁴. */
    private static final int DEPTH = 256;

    private final Binding binding;
    private final MatMulGeometry geometry;
    private final RowSource[][] a;
    private final PackedWeights[][] b;
    private final PackedMatrix[][] chosen;
    private final float[] zeros;
    private final float[][] sums;
    private final int[][] totals;
    private final ByteRef y;
    private final int multiplier;
    private final int shift;
    private final int zeroPoint;
    private final int lo;
    private final int hi;
    private final int blocks;

    private QuantizedMatMulStep(
            Binding binding,
            Node node,
            Activation activation,
            MatMulGeometry geometry,
            RowSource[][] a,
            PackedWeights[][] b) {
        super((long) geometry.batches * geometry.m * geometry.n * geometry.k);
        this.binding = binding;
        this.geometry = geometry;
        this.a = a;
        this.b = b;
        chosen = new PackedMatrix[b.length][geometry.matrices];
        zeros = new float[geometry.n];
        int most = Math.min(BLOCK, geometry.m) * geometry.n;
        sums = new float[binding.workers()][most];
        totals = new int[binding.workers()][most];
        y = binding.bytes(node.output());
        double factor = MatMulOperator.productScale(node);
        multiplier = FixedPoint.multiplier(factor);
        shift = FixedPoint.shift(factor);
        Quantization result = node.output().quantization();
        zeroPoint = result.zeroPoint();
        lo = Int8Range.lower(activation, result);
        hi = Int8Range.upper(activation, result);
        blocks = (geometry.m - 1) / BLOCK + 1;
    }

    static void bind(Binding binding, Node node, Activation activation, MatMulGeometry geometry) {
        FloatRef left = binding.floatScratch(0);
        FloatRef right = binding.floatScratch(1);
        expand(binding, node.input(0), left);
        expand(binding, node.input(1), right);
        int pieces = (geometry.k - 1) / DEPTH + 1;
        RowSource[][] a = new RowSource[pieces][geometry.batches];
        PackedWeights[][] b = new PackedWeights[pieces][];
        for (int piece = 0; piece < pieces; piece++) {
            int first = piece * DEPTH;
            int depth = Math.min(DEPTH, geometry.k - first);
            for (int batch = 0; batch < geometry.batches; batch++) {
                a[piece][batch] = geometry.rows(left, geometry.a(batch), first, depth);
            }
            Packing[] packings = new Packing[geometry.matrices];
            for (int i = 0; i < packings.length; i++) {
                packings[i] = geometry.packing(i, first, depth);
            }
            b[piece] = PackAllStep.of(binding, right, packings);
        }
        binding.add(new QuantizedMatMulStep(binding, node, activation, geometry, a, b));
    }

    private static void expand(Binding binding, Value value, FloatRef target) {
        KernelSource kernels = binding.kernels();
        ByteRef x = binding.bytes(value);
        int zeroPoint = value.quantization().zeroPoint();
        binding.add(new ElementwiseStep(value.shape().elements(), 1) {
            @Override
            protected void apply(int first, int n) {
                kernels.kernels()
                        .widened()
                        .expand(x.array(), x.offset() + first, zeroPoint, target.array(), target.offset() + first, n);
            }
        });
    }

    @Override
    public int units() {
        for (int piece = 0; piece < b.length; piece++) {
            for (int i = 0; i < geometry.matrices; i++) {
                chosen[piece][i] = b[piece][i].matrix();
            }
        }
        return geometry.batches * blocks;
    }

    @Override
    public void run(int from, int to, int worker) {
        int n = geometry.n;
        int[] total = totals[worker];
        for (int unit = from; unit < to; unit++) {
            int batch = unit / blocks;
            int first = unit % blocks * BLOCK;
            int end = Math.min(geometry.m, first + BLOCK);
            int count = (end - first) * n;
            for (int piece = 0; piece < b.length; piece++) {
                multiply(piece, batch, first, end, worker);
                for (int i = 0; i < count; i++) {
                    int sum = (int) sums[worker][i];
                    total[i] = piece == 0 ? sum : total[i] + sum;
                }
            }
            int at = y.offset() + (batch * geometry.m + first) * n;
            for (int i = 0; i < count; i++) {
                int value = FixedPoint.multiply(total[i], multiplier, shift) + zeroPoint;
                y.array()[at + i] = (byte) Math.min(Math.max(value, lo), hi);
            }
        }
    }

    private void multiply(int piece, int batch, int first, int end, int worker) {
        PackedMatrix matrix = chosen[piece][geometry.b(batch)];
        matrix.multiply(
                a[piece][batch],
                first,
                end,
                0,
                matrix.columnBlocks(),
                zeros,
                0,
                0,
                sums[worker],
                -first * geometry.n,
                geometry.n,
                Float.NEGATIVE_INFINITY,
                Float.POSITIVE_INFINITY,
                binding.workspace(worker));
    }
}
