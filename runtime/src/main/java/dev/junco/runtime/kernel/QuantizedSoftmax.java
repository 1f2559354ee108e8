package dev.junco.runtime.kernel;

/**
 * How the softmax of int8 values is computed in integers, as TensorFlow Lite's reference kernel does: differences to
 * the row's maximum become fixed-point numbers with 26 fractional bits, their exponentials are added with 19 fractional
 * bits, and each is multiplied by the reciprocal of the sum. The result has scale 1/256 and zero point −128.
 *
 * @param multiplier with {@code shift}, the factor from a difference to 26 fractional bits
 * @param shift left shift, not negative
 * @param smallestDifference differences below this one count as e^(−∞)
 */
public record QuantizedSoftmax(int multiplier, int shift, int smallestDifference) {
    private static final int INPUT_INTEGER_BITS = 5;
    private static final int SUM_INTEGER_BITS = 12;

    /** Softmax of beta · x for x of the given scale. */
    public static QuantizedSoftmax of(float scale, float beta) {
        int fraction = 31 - INPUT_INTEGER_BITS;
        double factor = Math.min((double) beta * scale * (1 << fraction), Integer.MAX_VALUE);
        if (!(factor > 1)) {
            throw new IllegalArgumentException("beta · scale is " + (beta * scale) + ", must be above 2^-" + fraction);
        }
        int shift = FixedPoint.shift(factor);
        double radius = ((1 << INPUT_INTEGER_BITS) - 1) * Math.scalb(1.0, fraction - shift);
        return new QuantizedSoftmax(FixedPoint.multiplier(factor), shift, -(int) Math.floor(radius));
    }

    void row(byte[] x, int xOffset, byte[] y, int yOffset, int n) {
        int max = -128;
        for (int i = 0; i < n; i++) {
            max = Math.max(max, x[xOffset + i]);
        }
        int sum = 0;
        for (int i = 0; i < n; i++) {
            int difference = x[xOffset + i] - max;
            if (difference >= smallestDifference) {
                sum += FixedPoint.divideByPowerOfTwo(exp(difference), SUM_INTEGER_BITS);
            }
        }
        int headroom = Integer.numberOfLeadingZeros(sum);
        int reciprocal = FixedPoint.reciprocalOfOnePlus((sum << headroom) ^ Integer.MIN_VALUE);
        int exponent = SUM_INTEGER_BITS - headroom + 31 - 8;
        for (int i = 0; i < n; i++) {
            int difference = x[xOffset + i] - max;
            int share = 0;
            if (difference >= smallestDifference) {
                share = FixedPoint.divideByPowerOfTwo(FixedPoint.multiplyHigh(reciprocal, exp(difference)), exponent);
            }
            y[yOffset + i] = (byte) Math.min(share - 128, 127);
        }
    }

    private int exp(int difference) {
        return FixedPoint.exp(FixedPoint.multiplyHigh(difference << shift, multiplier));
    }
}
