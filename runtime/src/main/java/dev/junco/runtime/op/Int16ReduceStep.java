package dev.junco.runtime.op;

import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.attributes.ReduceKind;
import dev.junco.runtime.kernel.FixedPoint;

/**
 * int16 reductions; a unit is an element of the result. Sums, means and products have the arithmetic of TensorFlow Lite's reference kernels for operands and
 * results of different scales, also where the scales are the same; a sum is an int32 and wraps.
 */
final class Int16ReduceStep extends Step {
    private final ReduceKind kind;
    private final ReduceGeometry geometry;
    private final ShortRef x;
    private final ShortRef y;
    private final int multiplier;
    private final int shift;

    Int16ReduceStep(ReduceKind kind, ReduceGeometry geometry, Node node, Binding binding) {
        super((long) geometry.outputs * geometry.reduced);
        this.kind = kind;
        this.geometry = geometry;
        x = binding.shorts(node.input(0));
        y = binding.shorts(node.output());
        double factor = ReduceBytesStep.factor(kind, node, geometry.reduced);
        int exponent = FixedPoint.shift(factor);
        int bits = 0;
        if (kind == ReduceKind.MEAN) {
            // The number of elements becomes part of the multiplier, with as many bits as fit.
            bits = Math.min(31 - Integer.numberOfLeadingZeros(geometry.reduced), 31 + exponent);
        }
        int divisor = kind == ReduceKind.MEAN ? geometry.reduced : 1;
        multiplier = (int) (((long) FixedPoint.multiplier(factor) << bits) / divisor);
        shift = exponent - bits;
    }

    @Override
    public int units() {
        return geometry.outputs;
    }

    @Override
    public void run(int from, int to, int worker) {
        for (int unit = from; unit < to; unit++) {
            int result = result(x.offset() + geometry.start(unit));
            y.array()[y.offset() + unit] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, result));
        }
    }

    private int result(int start) {
        short[] elements = x.array();
        int result = elements[start];
        for (int i = 1; i < geometry.reduced; i++) {
            int value = elements[start + geometry.step(i)];
            switch (kind) {
                case MAX:
                    result = Math.max(result, value);
                    break;
                case MIN:
                    result = Math.min(result, value);
                    break;
                case PRODUCT:
                    result = scaled((long) result * value);
                    break;
                default:
                    result += value;
            }
        }
        switch (kind) {
            case MAX:
            case MIN:
                return result;
            case PRODUCT:
                return scaled(result);
            default:
                return FixedPoint.multiply(result, multiplier, shift);
        }
    }

    private int scaled(long value) {
        return FixedPoint.multiplyWide(value, FixedPoint.reduced(multiplier), shift);
    }
}
