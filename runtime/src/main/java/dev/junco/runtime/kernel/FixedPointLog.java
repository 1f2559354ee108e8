package dev.junco.runtime.kernel;

/** The natural logarithm in 32-bit fixed point, with the bits of TensorFlow Lite's reference kernels. */
final class FixedPointLog {
    private static final int LN_2 = 1488522236; // 2³¹ · ln 2
    private static final int ROOT_HALF = 1518500250; // 2³¹ · (1/2)^(1/2)
    private static final int FOURTH_ROOT_HALF = 1805811301; // 2³¹ · (1/2)^(1/4)

    /** Coefficients of the rational function: 11/240 · 2^(1/4), 1/20 · 2^(1/4), 2^(3/4) − 2^(1/4), 1/4 · 2^(1/4), with 31 fractional bits. */
    private static final int NUMERATOR_CUBIC = 117049297;

    private static final int DENOMINATOR_SQUARE = 127690142;
    private static final int DENOMINATOR_CONSTANT = 1057819769;
    private static final int DENOMINATOR_LINEAR = 638450708;

    private static final int INPUT_INTEGER_BITS = 12;

    /** Integer bits of the sum of exponent and rest: one more than the result has. */
    private static final int SUM_INTEGER_BITS = 6;

    private static final int QUARTER = 1 << (31 - SUM_INTEGER_BITS - 2);

    private FixedPointLog() {}

    /**
     * ln x with 26 fractional bits, of x ≥ 1 with 19.
     *
     * <p>x is 2^e · r, once with r in [1/2, 1) and once with r in [1/√2, √2); the smaller r counts, so that r lies near (1/2)^(1/4) and a quarter
     * of a power goes into e. The logarithm of the rest is a rational function of q = 2 (r − (1/2)^(1/4)).
     */
    static int log(int x) {
        int headroom = Integer.numberOfLeadingZeros(x) - 1;
        int whole = FixedPoint.saturatingShiftLeft(x, headroom);
        int rootWhole = FixedPoint.saturatingShiftLeft(FixedPoint.multiplyHigh(whole, ROOT_HALF), 1);
        int wholePower = saturate((long) power(headroom + 1) + QUARTER);

        int rootHeadroom = Integer.numberOfLeadingZeros(FixedPoint.multiplyHigh(x, ROOT_HALF)) - 1;
        int half = FixedPoint.saturatingShiftLeft(x, rootHeadroom);
        int halfPower = saturate((long) power(rootHeadroom) - QUARTER);

        int rest = rest(Math.min(rootWhole, half));
        int exponent = FixedPoint.multiplyHigh(Math.max(wholePower, halfPower), LN_2);
        return FixedPoint.saturatingShiftLeft(exponent + rest, 1);
    }

    /** The exponent that belongs to so many leading zeros, with 25 fractional bits. */
    private static int power(int zeros) {
        return FixedPoint.saturatingShiftLeft(INPUT_INTEGER_BITS - zeros, 31 - SUM_INTEGER_BITS);
    }

    /** ln(r · 2^(1/4)) with 25 fractional bits, of r with 31. */
    private static int rest(int r) {
        long sum = (long) r + FOURTH_ROOT_HALF;
        int p = (int) ((sum + (sum >= 0 ? 1 : -1)) / 2);
        int q = 2 * (r - FOURTH_ROOT_HALF);
        int square = FixedPoint.multiplyHigh(q, q);
        int cubic = FixedPoint.multiplyHigh(FixedPoint.multiplyHigh(q, square), NUMERATOR_CUBIC);
        int numerator = FixedPoint.multiplyHigh(q, r) + cubic;
        int factor = DENOMINATOR_CONSTANT + q + FixedPoint.multiplyHigh(DENOMINATOR_SQUARE, square);
        int denominator = FixedPoint.multiplyHigh(p, factor) + FixedPoint.multiplyHigh(DENOMINATOR_LINEAR, q);
        int scaled = FixedPoint.divideByPowerOfTwo(numerator, SUM_INTEGER_BITS);
        return FixedPoint.multiplyHigh(scaled, FixedPoint.reciprocalOfOnePlus(denominator));
    }

    private static int saturate(long x) {
        return (int) Math.max(Math.min(x, Integer.MAX_VALUE), Integer.MIN_VALUE);
    }
}
