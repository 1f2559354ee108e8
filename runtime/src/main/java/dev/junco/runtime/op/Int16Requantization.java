package dev.junco.runtime.op;

import dev.junco.runtime.Quantization;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.kernel.FixedPoint;

/**
 * From sums of int16 · int8 products to the int16 result: per unit a bias, and the scale input · weights / output in fixed point. As in TensorFlow Lite the
 * bias tells the arithmetic: with one of 64 bits, or none, sums have 64 bits and multipliers 15; with one of 32 bits sums have 32 bits, which wrap, and
 * multipliers 31.
 */
final class Int16Requantization {
    private final boolean wide;
    private final long[] bias;
    private final int[] multipliers;
    private final int[] shifts;
    private final int lo;
    private final int hi;

    /** For all units of a dense, convolution or depthwise node. */
    Int16Requantization(Binding binding, Node node, Activation activation, int units) {
        Quantization result = node.output().quantization();
        wide = node.inputs().size() < 3 || node.input(2).shape().rank() == 2;
        bias = new long[units];
        multipliers = new int[units];
        shifts = new int[units];
        lo = Int16.lower(activation, result);
        hi = Int16.upper(activation, result);
        if (node.inputs().size() > 2) {
            IntRef given = binding.ints(node.input(2));
            for (int unit = 0; unit < units; unit++) {
                int at = given.offset() + (wide ? 2 * unit : unit);
                bias[unit] =
                        wide ? (long) given.array()[at + 1] << 32 | given.array()[at] & 0xffffffffL : given.array()[at];
            }
        }
        for (int unit = 0; unit < units; unit++) {
            double factor = factor(node, unit);
            int multiplier = FixedPoint.multiplier(factor);
            multipliers[unit] = wide ? FixedPoint.reduced(multiplier) : multiplier;
            shifts[unit] = FixedPoint.shift(factor);
        }
    }

    /** Steps of the result in a step of the sums of a unit. */
    static double factor(Node node, int unit) {
        return Requantization.productScale(node, unit)
                / node.output().quantization().scale();
    }

    /** The result for a sum of products of one unit. */
    short of(long products, int unit) {
        long sum = products + bias[unit];
        int scaled = wide
                ? FixedPoint.multiplyWide(sum, multipliers[unit], shifts[unit])
                : FixedPoint.multiply((int) sum, multipliers[unit], shifts[unit]);
        return (short) Math.min(Math.max(scaled, lo), hi);
    }
}
