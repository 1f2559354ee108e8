package dev.junco.runtime.kernel;

/**
 * How the softmax of int8 values is computed in integers, as TensorFlow Lite's reference kernel does: differences to
 * the row's maximum become fixed-point numbers with 26 fractional bits, their exponentials are added with 19 fractional
 * bits, and each is multiplied by the reciprocal of the sum. The result has scale 1/256 and zero point −128. There are
 * only 256 differences, so their exponentials are computed once.
 *
 * <p>Thread-safe; immutable.
 */
public final class QuantizedSoftmax {
    private static final int INPUT_INTEGER_BITS = 5;
    private static final int SUM_INTEGER_BITS = 12;

    private final int multiplier;
    private final int shift;
    private final int smallestDifference;

    /** exponentials[−d] = e^(beta · scale · d) with 31 fractional bits; 0 below the smallest difference. */
    private final int[] exponentials = new int[256];

    private QuantizedSoftmax(int multiplier, int shift, int smallestDifference) {
        this.multiplier = multiplier;
        this.shift = shift;
        this.smallestDifference = smallestDifference;
        for (int d = 0; d > -256 && d >= smallestDifference; d--) {
            exponentials[-d] = FixedPoint.exp(FixedPoint.multiplyHigh(d << shift, multiplier));
        }
    }

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

    /** With {@link #shift}, the factor from a difference to 26 fractional bits. */
    int multiplier() {
        return multiplier;
    }

    /** A left shift, not negative. */
    int shift() {
        return shift;
    }

    /** Differences below this one count as e^(−∞). */
    int smallestDifference() {
        return smallestDifference;
    }

    void row(byte[] x, int xOffset, byte[] y, int yOffset, int n) {
        int max = -128;
        for (int i = 0; i < n; i++) {
            max = Math.max(max, x[xOffset + i]);
        }
        int sum = 0;
        for (int i = 0; i < n; i++) {
            sum += FixedPoint.divideByPowerOfTwo(exponentials[max - x[xOffset + i]], SUM_INTEGER_BITS);
        }
        int headroom = Integer.numberOfLeadingZeros(sum);
        int reciprocal = FixedPoint.reciprocalOfOnePlus((sum << headroom) ^ Integer.MIN_VALUE);
        int exponent = SUM_INTEGER_BITS - headroom + 31 - 8;
        for (int i = 0; i < n; i++) {
            int share = FixedPoint.multiplyHigh(reciprocal, exponentials[max - x[xOffset + i]]);
            y[yOffset + i] = (byte) Math.min(FixedPoint.divideByPowerOfTwo(share, exponent) - 128, 127);
        }
    }
}
