package dev.junco.runtime.op;

import dev.junco.runtime.Quantization;
import dev.junco.runtime.kernel.FixedPoint;

/** A fixed-point factor for each index. */
final class IntegerScales {
    private final int[] multipliers;
    private final int[] shifts;

    /**
     * Factors {@code weights · other / result} in float32, one a row of the weights, as TensorFlow Lite computes them.
     *
     * @param results the scale of the result, or one for each block of n / results rows
     */
    IntegerScales(Quantization weights, int n, float other, float... results) {
        multipliers = new int[n];
        shifts = new int[n];
        for (int i = 0; i < n; i++) {
            float factor = weights.scale(weights.isPerAxis() ? i : 0) * other / results[i / (n / results.length)];
            multipliers[i] = FixedPoint.multiplier(factor);
            shifts[i] = FixedPoint.shift(factor);
        }
    }

    /** value · factor, rounded. */
    int apply(int value, int index) {
        return FixedPoint.multiply(value, multipliers[index], shifts[index]);
    }
}
