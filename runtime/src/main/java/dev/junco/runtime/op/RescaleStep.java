package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.kernel.FixedPoint;

/** Integers of another scale, zero point or type, of which at least one side is int16: fixed-point multiplication, then the ends of the type. */
final class RescaleStep extends ElementwiseStep {
    private final boolean fromBytes;
    private final boolean toBytes;
    private final ByteRef xBytes;
    private final ShortRef xShorts;
    private final ByteRef yBytes;
    private final ShortRef yShorts;
    private final int xZero;
    private final int yZero;
    private final int multiplier;
    private final int shift;

    RescaleStep(Binding binding, Node node) {
        super(node.output().shape().elements(), 4);
        Quantization from = node.input(0).quantization();
        Quantization to = node.output().quantization();
        fromBytes = node.input(0).type() == DType.INT8;
        toBytes = node.output().type() == DType.INT8;
        xBytes = fromBytes ? binding.bytes(node.input(0)) : null;
        xShorts = fromBytes ? null : binding.shorts(node.input(0));
        yBytes = toBytes ? binding.bytes(node.output()) : null;
        yShorts = toBytes ? null : binding.shorts(node.output());
        xZero = from.zeroPoint();
        yZero = to.zeroPoint();
        multiplier = FixedPoint.multiplier(factor(from, to));
        shift = FixedPoint.shift(factor(from, to));
    }

    /** Steps of the result in a step of the operand. */
    static double factor(Quantization from, Quantization to) {
        return (double) from.scale() / (double) to.scale();
    }

    @Override
    protected void apply(int first, int n) {
        for (int i = first; i < first + n; i++) {
            int x = fromBytes ? xBytes.array()[xBytes.offset() + i] : xShorts.array()[xShorts.offset() + i];
            long scaled = (long) yZero + FixedPoint.multiply(x - xZero, multiplier, shift);
            if (toBytes) {
                yBytes.array()[yBytes.offset() + i] = (byte) Math.min(Math.max(scaled, -128), 127);
            } else {
                yShorts.array()[yShorts.offset() + i] =
                        (short) Math.min(Math.max(scaled, Short.MIN_VALUE), Short.MAX_VALUE);
            }
        }
    }
}
