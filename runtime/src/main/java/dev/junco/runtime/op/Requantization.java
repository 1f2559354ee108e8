package dev.junco.runtime.op;

import dev.junco.runtime.Quantization;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;
import dev.junco.runtime.kernel.FixedPoint;
import dev.junco.runtime.kernel.Rescaling;

/**
 * From int32 sums of an int8 product to the int8 result: per unit a bias, and the scale input · weights / output as a 31-bit fixed-point multiplier.
 */
final class Requantization {
    private final int[] bias;
    private final int[] multipliers;
    private final int[] shifts;
    private final int zeroPoint;
    private final int lo;
    private final int hi;

    private Requantization(int[] bias, int[] multipliers, int[] shifts, int zeroPoint, int lo, int hi) {
        this.bias = bias;
        this.multipliers = multipliers;
        this.shifts = shifts;
        this.zeroPoint = zeroPoint;
        this.lo = lo;
        this.hi = hi;
    }

    /** For the units {@code [first, first + units)} of a dense, convolution or depthwise node. */
    static Requantization of(Binding binding, Node node, Activation activation, int first, int units) {
        Quantization result = node.output().quantization();
        int[] bias = new int[units];
        if (node.inputs().size() > 2) {
            IntRef given = binding.ints(node.input(2));
            System.arraycopy(given.array(), given.offset() + first, bias, 0, units);
        }
        int[] multipliers = new int[units];
        int[] shifts = new int[units];
        for (int unit = 0; unit < units; unit++) {
            double scale = productScale(node, first + unit) / result.scale();
            multipliers[unit] = FixedPoint.multiplier(scale);
            shifts[unit] = FixedPoint.shift(scale);
        }
        return new Requantization(
                bias,
                multipliers,
                shifts,
                result.zeroPoint(),
                Int8Range.lower(activation, result),
                Int8Range.upper(activation, result));
    }

    /**
     * Scale of the sums of one unit: input · weights. TensorFlow Lite multiplies in double precision, except for a dense layer whose weights
     * have one scale, where it multiplies in float32.
     */
    static double productScale(Node node, int unit) {
        float input = node.input(0).quantization().scale();
        Quantization weights = node.input(1).quantization();
        if (weights.size() == 1 && node.attributes() instanceof FullyConnectedAttributes) {
            return input * weights.scale();
        }
        return (double) input * (double) weights.scale(weights.isPerAxis() ? unit : 0);
    }

    int channels() {
        return bias.length;
    }

    /** Zero point of the result. */
    int zeroPoint() {
        return zeroPoint;
    }

    /** The same for the kernels, of sums in a range. */
    Rescaling rescaling(SumRange sums) {
        return new Rescaling(bias, multipliers, shifts, lo - zeroPoint, hi - zeroPoint, sums.lowest(), sums.highest());
    }
}
