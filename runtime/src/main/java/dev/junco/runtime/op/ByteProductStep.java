package dev.junco.runtime.op;

import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.kernel.PackedMatrix;
import dev.junco.runtime.kernel.RowSource;
import dev.junco.runtime.kernel.WidenedKernels;

/**
 * int8 product of rows that lie one behind the other (a dense layer, a 1×1 convolution) for kernels that multiply bytes: nothing is widened to floats.
 * The input keeps its zero point, whose part of each sum is known beforehand: {@code sum = Σ x·w − zeroPoint · Σ w}. A unit is a row.
 */
final class ByteProductStep extends Step {
    /** What a vector register of ART holds; shorter rows would be summed one by one. */
    private static final int LEAST_DEPTH = 16;

    private final Binding binding;
    private final int m;
    private final PackedWeights packed;
    private final QuantizedResult y;
    /** The input in bytes, or null. */
    private final ByteRef x;
    /** The input where it lies widened, or null. */
    private final FloatRef widened;

    private final int zeroPoint;
    private final float[] start;
    /** By worker: a row of x, from index 0 on. */
    private final byte[][] rows;

    private ByteProductStep(
            Binding binding,
            int m,
            int depth,
            PackedWeights packed,
            QuantizedResult y,
            ByteRef x,
            FloatRef widened,
            int zeroPoint,
            float[] start) {
        super((long) m * depth * start.length);
        this.binding = binding;
        this.m = m;
        this.packed = packed;
        this.y = y;
        this.x = x;
        this.widened = widened;
        this.zeroPoint = zeroPoint;
        this.start = start;
        this.rows = new byte[binding.workers()][depth];
    }

    /** Appends the product of a node whose input is a matrix of m rows, unless it is none for these kernels: then false. */
    static boolean bind(Binding binding, Node node, Activation activation, int m, int units) {
        Value x = node.input(0);
        Value w = node.input(1);
        int depth = x.shape().elements() / m;
        ByteRef weights = binding.bytes(w);
        int zeroPoint = x.quantization().zeroPoint();
        RowSource row = RowSource.dense(new float[0], 0, 1, depth, depth);
        if (!binding.kernels().kernels().gemm().multipliesBytes()
                || depth < LEAST_DEPTH
                || Products.weightsZeroPoint(w) != 0
                || !ExactDepth.isWhole(row, zeroPoint, weights.array(), weights.offset(), units)) {
            return false;
        }
        float[] start = new float[units];
        for (int i = 0; i < units * depth; i++) {
            start[i / depth] -= zeroPoint * weights.array()[weights.offset() + i];
        }
        SumRange range = SumRange.of(zeroPoint, weights.array(), 0, weights.offset(), units, depth, depth, 1);
        binding.add(new ByteProductStep(
                binding,
                m,
                depth,
                binding.packed(w, new Packing(depth, units, 0, 1, depth, true)),
                QuantizedResult.of(
                        binding, Requantization.of(binding, node, activation, 0, units), node.output(), 0, 1, range),
                binding.isWidened(x) ? null : binding.bytes(x),
                binding.isWidened(x) ? binding.floats(x) : null,
                zeroPoint,
                start));
        return true;
    }

    @Override
    public Object kernel() {
        return packed.matrix();
    }

    @Override
    public int units() {
        return m;
    }

    @Override
    public void run(int from, int to, int worker) {
        PackedMatrix matrix = packed.matrix();
        WidenedKernels kernels = binding.kernels().kernels().widened();
        byte[] row = rows[worker];
        for (int i = from; i < to; i++) {
            fetch(i, row);
            matrix.multiplyBytes(row, start, y.sums(worker), y.sumsAt(i));
            y.finish(kernels, i, 1, worker);
        }
    }

    /** Copies row {@code i} of the input, with its zero point. */
    private void fetch(int i, byte[] row) {
        if (x != null) {
            System.arraycopy(x.array(), x.offset() + i * row.length, row, 0, row.length);
            return;
        }
        int first = widened.offset() + i * row.length;
        for (int j = 0; j < row.length; j++) {
            row[j] = (byte) ((int) widened.array()[first + j] + zeroPoint);
        }
    }
}
