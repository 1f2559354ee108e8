package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.attributes.ReduceKind;
import dev.junco.runtime.kernel.FixedPoint;

/**
 * int8 and BOOL reductions; a unit is an element of the result. Sums, means and products have the arithmetic of TensorFlow Lite's reference kernels for
 * operands and results of different scales, also where the scales are the same.
 */
final class ReduceBytesStep extends Step {
    private final ReduceKind kind;
    private final ReduceGeometry geometry;
    private final ByteRef x;
    private final ByteRef y;
    private final int xZero;
    private final int yZero;
    private final int multiplier;
    private final int shift;

    ReduceBytesStep(ReduceKind kind, ReduceGeometry geometry, Node node, Binding binding) {
        super((long) geometry.outputs * geometry.reduced);
        this.kind = kind;
        this.geometry = geometry;
        x = binding.bytes(node.input(0));
        y = binding.bytes(node.output());
        boolean quantized = node.output().type() == DType.INT8;
        xZero = quantized ? node.input(0).quantization().zeroPoint() : 0;
        yZero = quantized ? node.output().quantization().zeroPoint() : 0;
        double factor = quantized ? factor(kind, node, geometry.reduced) : 1;
        int exponent = FixedPoint.shift(factor);
        if (kind == ReduceKind.MEAN) {
            // The number of elements becomes part of the multiplier, with as many bits as fit.
            int bits = 31 - Integer.numberOfLeadingZeros(geometry.reduced);
            bits = Math.min(bits, 31 + exponent);
            multiplier = (int) (((long) FixedPoint.multiplier(factor) << bits) / geometry.reduced);
            shift = exponent - bits;
        } else {
            multiplier = FixedPoint.multiplier(factor);
            shift = exponent;
        }
    }

    /** Factor of a sum, or of each of {@code n} factors of a product, which has a share of the result's scale. */
    static double factor(ReduceKind kind, Node node, int n) {
        double from = node.input(0).quantization().scale();
        double to = node.output().quantization().scale();
        return kind == ReduceKind.PRODUCT ? from / StrictMath.pow(to, 1.0 / n) : from / to;
    }

    @Override
    public int units() {
        return geometry.outputs;
    }

    @Override
    public void run(int from, int to, int worker) {
        for (int unit = from; unit < to; unit++) {
            y.array()[y.offset() + unit] = result(x.offset() + geometry.start(unit));
        }
    }

    private byte result(int start) {
        int result;
        switch (kind) {
            case SUM:
            case MEAN:
                result = FixedPoint.multiply(sum(start), multiplier, shift) + yZero;
                break;
            case PRODUCT:
                result = product(start) + yZero;
                break;
            default:
                return extreme(start, kind == ReduceKind.MAX || kind == ReduceKind.ANY);
        }
        return (byte) Math.max(-128, Math.min(127, result));
    }

    private int sum(int start) {
        int sum = 0;
        for (int i = 0; i < geometry.reduced; i++) {
            sum += x.array()[start + geometry.step(i)] - xZero;
        }
        return sum;
    }

    private int product(int start) {
        int product = x.array()[start] - xZero;
        for (int i = 1; i < geometry.reduced; i++) {
            product = scaled((long) product * (x.array()[start + geometry.step(i)] - xZero));
        }
        return scaled(product);
    }

    private int scaled(long value) {
        return FixedPoint.multiplyWide(value, FixedPoint.reduced(multiplier), shift);
    }

    private byte extreme(int start, boolean largest) {
        byte found = x.array()[start];
        for (int i = 1; i < geometry.reduced; i++) {
            byte value = x.array()[start + geometry.step(i)];
            found = value > found == largest ? value : found;
        }
        return found;
    }
}
