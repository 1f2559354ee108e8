package dev.junco.runtime.op;

import dev.junco.runtime.Quantization;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.kernel.FixedPoint;

/** int16 products of the matrices of two batches: sums of 64 bits and a multiplier of 15, as TensorFlow Lite's reference kernel. A unit is a row of the result. */
final class Int16MatMulStep extends Step {
    /** So many products of 2³⁰ fit the 2⁴⁷ that the multiplication takes. */
    private static final int DEEPEST = 1 << 17;

    /** A shift of 7 is the most that the specification's 64-bit arithmetic has. */
    private static final int LARGEST_FACTOR = 128;

    private final MatMulGeometry g;
    private final ShortRef a;
    private final ShortRef b;
    private final ShortRef y;
    private final int multiplier;
    private final int shift;
    private final int lo;
    private final int hi;

    Int16MatMulStep(Binding binding, Node node, Activation activation, MatMulGeometry geometry) {
        super((long) node.output().shape().elements() * geometry.k);
        g = geometry;
        a = binding.shorts(node.input(0));
        b = binding.shorts(node.input(1));
        y = binding.shorts(node.output());
        double factor = MatMulOperator.productScale(node);
        multiplier = FixedPoint.reduced(FixedPoint.multiplier(factor));
        shift = FixedPoint.shift(factor);
        Quantization result = node.output().quantization();
        lo = Int16.lower(activation, result);
        hi = Int16.upper(activation, result);
    }

    /** Throws if sums or their factor leave what the arithmetic holds. */
    static void check(Node node, int depth) {
        double factor = MatMulOperator.productScale(node);
        if (depth > DEEPEST || !(factor < LARGEST_FACTOR)) {
            throw new GraphException("int16 product of depth " + depth + " scales its sums by " + factor
                    + ", expected a depth of at most " + DEEPEST + " and a factor below " + LARGEST_FACTOR
                    + "; is the result's scale right?");
        }
    }

    @Override
    public int units() {
        return g.batches * g.m;
    }

    @Override
    public void run(int from, int to, int worker) {
        for (int unit = from; unit < to; unit++) {
            int batch = unit / g.m;
            int row = a.offset() + g.inA(batch, unit % g.m, 0);
            int aMove = g.k > 1 ? a.offset() + g.inA(batch, unit % g.m, 1) - row : 0;
            for (int column = 0; column < g.n; column++) {
                int at = b.offset() + g.inB(batch, 0, column);
                int bMove = g.k > 1 ? b.offset() + g.inB(batch, 1, column) - at : 0;
                long sum = 0;
                for (int p = 0; p < g.k; p++) {
                    sum += a.array()[row + p * aMove] * b.array()[at + p * bMove];
                }
                int value = FixedPoint.multiplyWide(sum, multiplier, shift);
                y.array()[y.offset() + unit * g.n + column] = (short) Math.min(Math.max(value, lo), hi);
            }
        }
    }
}
