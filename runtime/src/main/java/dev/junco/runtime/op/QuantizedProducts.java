package dev.junco.runtime.op;

import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.kernel.RowSource;
import java.util.ArrayList;
import java.util.List;

/** Binds int8 products: what their left operand is, how their depth is cut, how their weights are packed. */
final class QuantizedProducts {
    private QuantizedProducts() {}

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
        Value x = node.input(0);
        int depth = x.shape().elements() / m;
        if (binding.isWidened(x)) {
            FloatRef floats = binding.floats(x);
            RowSource a = RowSource.dense(floats.array(), floats.offset(), m, depth, depth);
            bind(binding, node, activation, a, null, 0, units);
            return;
        }
        int rows = Math.min(m, QuantizedProductStep.mostWidened(depth + units));
        float[][] expanded = new float[binding.workers()][rows * depth];
        RowSource a = RowSource.dense(expanded[0], 0, rows, depth, depth);
        bind(binding, node, activation, a, expanded, 0, units);
    }

    private static void bind(
            Binding binding,
            Node node,
            Activation activation,
            RowSource a,
            float[][] expanded,
            int firstUnit,
            int units) {
        Value x = node.input(0);
        Value w = node.input(1);
        int depth = a.k();
        int zeroPoint = x.quantization().zeroPoint();
        byte[] weights = binding.bytes(w).array();
        int first = binding.bytes(w).offset() + firstUnit * depth;
        List<List<ExactDepth.Piece>> pieces = new ArrayList<>();
        pieces.add(ExactDepth.cut(a, zeroPoint, weights, first, units, Products.weightsZeroPoint(w)));
        for (int worker = 1; worker < binding.workers(); worker++) {
            pieces.add(expanded == null ? pieces.get(0) : over(expanded[worker], pieces.get(0)));
        }
        int m = expanded == null ? a.m() : x.shape().elements() / depth;
        PackedWeights[] packed = new PackedWeights[pieces.get(0).size()];
        boolean bytes = expanded != null
                && m == 1
                && Products.weightsZeroPoint(w) == 0
                && ExactDepth.isWhole(a, zeroPoint, weights, first, units)
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
        Requantization scaling = Requantization.of(binding, node, activation, firstUnit, units);
        SumRange range = SumRange.of(zeroPoint, weights, Products.weightsZeroPoint(w), first, units, depth, depth, 1);
        binding.add(new QuantizedProductStep(
                binding,
                m,
                pieces,
                packed,
                expanded == null ? null : binding.bytes(x),
                bytes ? 0 : zeroPoint,
                expanded,
                QuantizedResult.of(binding, scaling, node.output(), firstUnit, QuantizedProductStep.mostRows(m), range),
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
}
