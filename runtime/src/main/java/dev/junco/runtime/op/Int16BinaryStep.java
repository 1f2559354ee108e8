package dev.junco.runtime.op;

import dev.junco.runtime.Quantization;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.kernel.FixedPoint;

/**
 * int16 arithmetic on two broadcast operands. For sums both are brought to a common scale with {@value #HEADROOM} extra bits, added as int32, and brought to
 * the scale of the result; products are scaled once.
 */
final class Int16BinaryStep extends BroadcastStep {
    /** 2¹⁵ · 2¹⁵ · 1/2, twice, stays below 2³¹. */
    private static final int HEADROOM = 15;

    private final BinaryKind kind;
    private final Factor left;
    private final Factor right;
    private final Factor result;
    private final int lo;
    private final int hi;
    private final ShortRef a;
    private final ShortRef b;
    private final ShortRef z;

    Int16BinaryStep(Binding binding, Node node, BinaryAttributes attributes) {
        super(8, node.output().shape(), node.input(0).shape(), node.input(1).shape());
        Quantization to = node.output().quantization();
        kind = attributes.kind();
        left = new Factor(shareOfCommonScale(node, 0));
        right = new Factor(shareOfCommonScale(node, 1));
        result = new Factor(factor(node, kind));
        lo = Int16.lower(attributes.activation(), to);
        hi = Int16.upper(attributes.activation(), to);
        a = binding.shorts(node.input(0));
        b = binding.shorts(node.input(1));
        z = binding.shorts(node.output());
    }

    /** Whether int16 arithmetic has a kind. */
    static boolean has(BinaryKind kind) {
        return kind.compareTo(BinaryKind.MULTIPLY) <= 0 || kind == BinaryKind.MINIMUM || kind == BinaryKind.MAXIMUM;
    }

    /** Throws IllegalArgumentException if no fixed point can hold the scales' ratio. */
    static void requireScales(Node node, BinaryKind kind) {
        FixedPoint.multiplier(shareOfCommonScale(node, 0));
        FixedPoint.multiplier(shareOfCommonScale(node, 1));
        FixedPoint.multiplier(factor(node, kind));
    }

    private static double commonScale(Node node) {
        return 2.0
                * Math.max(
                        node.input(0).quantization().scale(),
                        node.input(1).quantization().scale());
    }

    private static double shareOfCommonScale(Node node, int operand) {
        return node.input(operand).quantization().scale() / commonScale(node);
    }

    /** The last factor of a sum, or the only one of a product, which float32 makes as in TensorFlow Lite. */
    private static double factor(Node node, BinaryKind kind) {
        float to = node.output().quantization().scale();
        if (kind == BinaryKind.MULTIPLY) {
            return node.input(0).quantization().scale()
                    * node.input(1).quantization().scale()
                    / to;
        }
        return commonScale(node) / ((double) to * (1 << HEADROOM));
    }

    @Override
    void apply(int worker, int aAt, int bAt, int unused, int zAt, int n) {
        for (int i = 0; i < n; i++) {
            int x = a.array()[a.offset() + aAt + i * move(0)];
            int y = b.array()[b.offset() + bAt + i * move(1)];
            z.array()[z.offset() + zAt + i] = (short) Math.min(Math.max(of(x, y), lo), hi);
        }
    }

    private int of(int x, int y) {
        switch (kind) {
            case ADD:
                return result.times(left.times(x << HEADROOM) + right.times(y << HEADROOM));
            case SUBTRACT:
                return result.times(left.times(x << HEADROOM) - right.times(y << HEADROOM));
            case MULTIPLY:
                return result.times(x * y);
            case MINIMUM:
                return Math.min(x, y);
            default:
                return Math.max(x, y);
        }
    }

    /** A real factor as a multiplier of 31 bits and a shift. */
    private static final class Factor {
        private final int multiplier;
        private final int shift;

        Factor(double factor) {
            multiplier = FixedPoint.multiplier(factor);
            shift = FixedPoint.shift(factor);
        }

        int times(int x) {
            return FixedPoint.multiply(x, multiplier, shift);
        }
    }
}
