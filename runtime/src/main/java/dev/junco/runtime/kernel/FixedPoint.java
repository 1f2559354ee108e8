package dev.junco.runtime.kernel;

/**
 * The 32-bit fixed-point arithmetic of TensorFlow Lite's 8-bit specification: a real factor is a multiplier with 31
 * fractional bits in [2³⁰, 2³¹) and a power of two, and a product is rounded twice, first to the multiplier's
 * precision, then by the right shift. All methods are total: where the specification leaves an overflow open, they
 * wrap.
 */
public final class FixedPoint {
    /** 2³¹ · e^(−2ᵏ) for k from −2 to 4. */
    private static final int[] EXP_OF_POWERS = {1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242};

    private static final int EXP_MINUS_EIGHTH = 1895147668; // 2³¹ · e^(−1/8)
    private static final int ONE_THIRD = 715827883; // 2³¹ / 3
    private static final int FORTY_EIGHT_17THS = 1515870810; // 2²⁹ · 48 / 17
    private static final int MINUS_THIRTY_TWO_17THS = -1010580540; // −2²⁹ · 32 / 17

    private static final int ONE_AND_HALF = 3 << 27; // 2²⁸ · 3 / 2
    private static final int HALF_SQUARE_ROOT_OF_2 = 1518500250; // 2³¹ · √2 / 2

    private FixedPoint() {}

    /** The multiplier of {@code factor = multiplier · 2^(shift − 31)}; 0 for 0 and for factors below 2⁻³². */
    public static int multiplier(double factor) {
        return (int) (quantize(factor) >>> 32);
    }

    /** The left shift (negative: right shift) that belongs to {@link #multiplier}, at least −31. */
    public static int shift(double factor) {
        return (int) quantize(factor);
    }

    private static long quantize(double factor) {
        if (!(factor >= 0) || factor == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("factor must be finite and not negative, found " + factor);
        }
        if (factor < 0x1p-40) {
            return 0;
        }
        int shift = Math.getExponent(factor) + 1;
        long fraction = Math.round(Math.scalb(factor, 31 - shift)); // in [2³⁰, 2³¹], ties away from zero
        if (fraction == 1L << 31) {
            fraction >>= 1;
            shift++;
        }
        return shift < -31 ? 0 : fraction << 32 | shift & 0xffffffffL;
    }

    /**
     * x · multiplier · 2^(shift − 31): a left shift of x, {@link #multiplyHigh}, then {@link #divideByPowerOfTwo}.
     */
    public static int multiply(int x, int multiplier, int shift) {
        int left = Math.max(shift, 0);
        int right = Math.max(-shift, 0);
        return divideByPowerOfTwo(multiplyHigh(x << left, multiplier), right);
    }

    /** A multiplier in 16 bits for {@link #multiplyWide}: its upper half, rounded, at most 2¹⁵ − 1. */
    public static int reduced(int multiplier) {
        return multiplier < 0x7fff0000 ? (multiplier + (1 << 15)) >> 16 : 0x7fff;
    }

    /**
     * x · reduced · 2^(shift − 15) rounded to the nearest integer, halves up: how TensorFlow Lite scales 64-bit sums.
     *
     * @param x within ±2⁴⁷, so that nothing overflows
     * @param reduced see {@link #reduced}
     * @param shift −31 to 14
     */
    public static int multiplyWide(long x, int reduced, int shift) {
        int right = 15 - shift;
        return (int) ((x * reduced + (1L << (right - 1))) >> right);
    }

    /** a · b / 2³¹ rounded to the nearest integer, halves up; −2³¹ · −2³¹ saturates at 2³¹ − 1. */
    public static int multiplyHigh(int a, int b) {
        if (a == Integer.MIN_VALUE && b == Integer.MIN_VALUE) {
            return Integer.MAX_VALUE;
        }
        return (int) (((long) a * b + (1L << 30)) >> 31);
    }

    /** x / 2^exponent rounded to the nearest integer, halves away from zero; exponent from 0 to 62. */
    public static int divideByPowerOfTwo(int x, int exponent) {
        long half = (1L << exponent) >> 1;
        return (int) ((x + half - (exponent > 0 ? x >>> 31 : 0)) >> exponent);
    }

    /** x · 2^exponent, held at the ends of the int range; exponent from 0 to 31. */
    public static int saturatingShiftLeft(int x, int exponent) {
        long product = (long) x << exponent;
        return (int) Math.max(Math.min(product, Integer.MAX_VALUE), Integer.MIN_VALUE);
    }

    /**
     * eᵃ for a ≤ 0 with 26 fractional bits, as 31 fractional bits (1 becomes 2³¹ − 1): a polynomial for the part of a
     * in [−1/4, 0), times a table value for each set bit of the rest.
     */
    public static int exp(int a) {
        if (a == 0) {
            return Integer.MAX_VALUE;
        }
        int quarter = 1 << 24;
        int part = (a & (quarter - 1)) - quarter;
        int rest = part - a;
        int result = expNearEighth(part << 5);
        for (int k = 0; k < EXP_OF_POWERS.length; k++) {
            if ((rest & quarter << k) != 0) {
                result = multiplyHigh(result, EXP_OF_POWERS[k]);
            }
        }
        return result;
    }

    /** eᵃ for a in [−1/4, 0), 31 fractional bits in and out, by the Taylor polynomial of degree 4 around −1/8. */
    private static int expNearEighth(int a) {
        int x = a + (1 << 28);
        int x2 = multiplyHigh(x, x);
        int x3 = multiplyHigh(x2, x);
        int x4 = multiplyHigh(x2, x2);
        int thirds = multiplyHigh(divideByPowerOfTwo(x4, 2) + x3, ONE_THIRD);
        int higher = divideByPowerOfTwo(thirds + x2, 1);
        return EXP_MINUS_EIGHTH + multiplyHigh(EXP_MINUS_EIGHTH, x + higher);
    }

    /** 1 / (1 + a) for a in [0, 1), 31 fractional bits in and out, by three Newton steps. */
    public static int reciprocalOfOnePlus(int a) {
        int halfDenominator = (int) (((long) a + Integer.MAX_VALUE + 1) / 2);
        int x = FORTY_EIGHT_17THS + multiplyHigh(halfDenominator, MINUS_THIRTY_TWO_17THS);
        for (int step = 0; step < 3; step++) {
            int error = (1 << 29) - multiplyHigh(halfDenominator, x);
            x += saturatingShiftLeft(multiplyHigh(x, error), 2);
        }
        return saturatingShiftLeft(x, 1);
    }

    /**
     * 1 / √n of a sum of squares n ≥ 0 (0 counts as 1) as multiplier · 2^(shift − 31): the multiplier in the upper, the shift in the lower half.
     * Five Newton steps x ← (3 x − n x³) / 2 with 3 integer bits.
     */
    public static long inverseSquareRoot(int n) {
        if (n <= 1) {
            return (long) Integer.MAX_VALUE << 32;
        }
        int right = 11;
        int input = n;
        while (input >= 1 << 29) {
            input /= 4;
            right++;
        }
        int pairs = (Integer.numberOfLeadingZeros(input) - 1) / 2 - 1;
        right -= pairs;
        input <<= 2 * pairs;
        int half = divideByPowerOfTwo(input >> 1, 1);
        int x = 1 << 28;
        for (int step = 0; step < 5; step++) {
            int cube = saturatingShiftLeft(multiplyHigh(multiplyHigh(x, x), x), 6);
            x = saturatingShiftLeft(multiplyHigh(ONE_AND_HALF, x) - multiplyHigh(half, cube), 3);
        }
        int multiplier = multiplyHigh(x, HALF_SQUARE_ROOT_OF_2);
        return right < 0 ? (long) (multiplier << -right) << 32 : (long) multiplier << 32 | -right & 0xffffffffL;
    }
}
