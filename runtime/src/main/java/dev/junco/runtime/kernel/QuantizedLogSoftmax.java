package dev.junco.runtime.kernel;

/**
 * How the logarithm of the softmax of int8 values is computed in integers, as TensorFlow Lite's reference kernel does: differences to the row's maximum become
 * fixed-point numbers with 26 fractional bits, their exponentials are added with 19 fractional bits, and the logarithm of the sum, with 26 fractional bits
 * again, is taken off each difference. The result has scale 1/16 and zero point 127: 127 stands for probability 1, −128 for e^(−255/16) and everything below.
 *
 * <p>Thread-safe; immutable.
 */
public final class QuantizedLogSoftmax {
    private static final int SUM_INTEGER_BITS = 12;

    /** From 26 fractional bits to the 4 of the result. */
    private static final int RESULT_SHIFT = 22;

    private static final int ZERO_POINT = 127;

    /** differences[−d] = beta · scale · d with 26 fractional bits. */
    private final int[] differences = new int[256];

    /** exponentials[−d] = e^(beta · scale · d) with 19 fractional bits; 0 below the smallest difference. */
    private final int[] exponentials = new int[256];

    private final int smallestDifference;

    /** From 26 fractional bits back to a difference of x. */
    private final int backMultiplier;

    private final int backShift;

    private QuantizedLogSoftmax(QuantizedSoftmax softmax) {
        smallestDifference = softmax.smallestDifference();
        double back = Math.scalb(1.0 / softmax.multiplier(), 31 - softmax.shift());
        backMultiplier = FixedPoint.multiplier(back);
        backShift = FixedPoint.shift(back);
        for (int d = 0; d > -256; d--) {
            differences[-d] = FixedPoint.multiplyHigh(d << softmax.shift(), softmax.multiplier());
            exponentials[-d] = d < smallestDifference
                    ? 0
                    : FixedPoint.divideByPowerOfTwo(FixedPoint.exp(differences[-d]), SUM_INTEGER_BITS);
        }
    }

    /**
     * Logarithms of the softmax of beta · x for x of the given scale.
     *
     * @throws IllegalArgumentException if beta · scale is not above 2⁻²⁶
     */
    public static QuantizedLogSoftmax of(float scale, float beta) {
        return new QuantizedLogSoftmax(QuantizedSoftmax.of(scale, beta));
    }

    /** Overwrites a row y of n elements with the logarithms for the row x. */
    public void row(byte[] x, int xOffset, byte[] y, int yOffset, int n) {
        int max = -128;
        for (int i = 0; i < n; i++) {
            max = Math.max(max, x[xOffset + i]);
        }
        int sum = 0;
        for (int i = 0; i < n; i++) {
            sum += exponentials[max - x[xOffset + i]];
        }
        int log = FixedPointLog.log(sum);
        // Beyond this distance the difference less the logarithm would leave the int range.
        int farthest = FixedPoint.multiply(log + Integer.MIN_VALUE, backMultiplier, backShift);
        farthest = Math.max(smallestDifference - 1, farthest);
        for (int i = 0; i < n; i++) {
            int d = x[xOffset + i] - max;
            int result = -128;
            if (d > farthest) {
                int rounded = FixedPoint.divideByPowerOfTwo(differences[-d] - log, RESULT_SHIFT);
                result = Math.max(Math.min(rounded + ZERO_POINT, 127), -128);
            }
            y[yOffset + i] = (byte) result;
        }
    }
}
