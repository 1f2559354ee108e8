package dev.junco.runtime.op;

import java.math.BigInteger;

/**
 * Log softmax in 32-bit fixed point as TensorFlow Lite's reference kernel computes it. A number is a long with a count of fractional bits that the names tell.
 */
final class Int8LogSoftmax {
    private static final long ONE = 1L << 31;

    private Int8LogSoftmax() {}

    static byte[] of(byte[] x, int columns, float scale, float beta) {
        double factor = Math.min((double) beta * scale * (1 << 26), ONE - 1.0);
        IntegerScaling scaling = IntegerScaling.of(factor);
        int farthest = -(int) Math.floor(31.0 * (1 << 26) / (1L << scaling.shift()));
        IntegerScaling back = IntegerScaling.of(
                (1L << (31 - scaling.shift())) / scaling.mantissa().doubleValue());
        byte[] y = new byte[x.length];
        for (int row = 0; row < x.length; row += columns) {
            int largest = -128;
            for (int i = row; i < row + columns; i++) {
                largest = Math.max(largest, x[i]);
            }
            int sum19 = 0;
            for (int i = row; i < row + columns; i++) {
                if (x[i] - largest >= farthest) {
                    sum19 += IntegerScaling.roundedShift(Int8Softmax.exp(scaled26(scaling, x[i] - largest)), 12);
                }
            }
            int log26 = log(sum19);
            int bound = Math.max(farthest - 1, back.apply(log26 - ONE));
            for (int i = row; i < row + columns; i++) {
                int d = x[i] - largest;
                y[i] = d <= bound
                        ? -128
                        : (byte) Math.max(
                                -128,
                                Math.min(127, 127 + IntegerScaling.roundedShift(scaled26(scaling, d) - log26, 22)));
            }
        }
        return y;
    }

    private static int scaled26(IntegerScaling scaling, int difference) {
        return IntegerScaling.highProduct(BigInteger.valueOf(difference).shiftLeft(scaling.shift()), scaling.mantissa())
                .intValueExact();
    }

    /** ln x with 26 fractional bits, of x with 19: twice in parallel, for x and for x / √2, then the smaller remainder and the larger power. */
    static int log(int x) {
        int rootHalf = constant(Math.sqrt(0.5));
        int zerosA = Integer.numberOfLeadingZeros(x);
        long a = saturated(2L * high((int) saturated((long) x << (zerosA - 1)), rootHalf));
        long powerA = saturated(saturated((12L - zerosA) << 25) + (1L << 23));
        int zerosB = Integer.numberOfLeadingZeros(high(x, rootHalf)) - 1;
        long b = saturated((long) x << zerosB);
        long powerB = saturated(saturated((12L - zerosB) << 25) - (1L << 23));

        double fourth = Math.sqrt(Math.sqrt(2));
        int center = constant(1 / fourth);
        int r = (int) Math.min(a, b);
        int mean = (int) Math.floorDiv((long) r + center + 1, 2);
        int q = 2 * (r - center);
        int q2 = high(q, q);
        int numerator = high(q, r) + high(high(q, q2), constant(11.0 / 240 * fourth));
        int inner = constant(2 / fourth - fourth) + q + high(constant(fourth / 20), q2);
        int denominator = high(mean, inner) + high(constant(fourth / 4), q);
        int rest25 = high(IntegerScaling.roundedShift(numerator, 6), Int8Softmax.reciprocal(denominator));
        int power25 = high((int) Math.max(powerA, powerB), constant(Math.log(2)));
        return (int) saturated(2L * (power25 + rest25));
    }

    private static int constant(double value) {
        return (int) Math.round(value * ONE);
    }

    private static int high(int a, int b) {
        return IntegerScaling.highProduct(a, b);
    }

    private static long saturated(long x) {
        return Math.max(-ONE, Math.min(ONE - 1, x));
    }
}
