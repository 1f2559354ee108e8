package dev.junco.runtime.op;

import java.math.BigInteger;

/** Softmax in 32-bit fixed point as TensorFlow Lite's reference kernel computes it, after gemmlowp's fixedpoint.h. */
final class Int8Softmax {
    /** e^(−1/4), e^(−1/2), e^(−1) … e^(−16) with 31 fractional bits. */
    private static final int[] POWERS = {1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242};

    private Int8Softmax() {}

    static byte[] of(byte[] x, int columns, float scale, float beta) {
        double factor = Math.min((double) beta * scale * (1 << 26), (1L << 31) - 1.0);
        IntegerScaling scaling = IntegerScaling.of(factor);
        int farthest = -(int) Math.floor(31.0 * (1 << 26) / (1L << scaling.shift()));
        byte[] y = new byte[x.length];
        for (int row = 0; row < x.length; row += columns) {
            int largest = -128;
            for (int i = row; i < row + columns; i++) {
                largest = Math.max(largest, x[i]);
            }
            int sum = 0;
            for (int i = row; i < row + columns; i++) {
                if (x[i] - largest >= farthest) {
                    sum += IntegerScaling.roundedShift(exp(scaled(scaling, x[i] - largest)), 12);
                }
            }
            int headroom = Integer.numberOfLeadingZeros(sum);
            int reciprocal = reciprocal((int) (((long) sum << headroom) - (1L << 31)));
            for (int i = row; i < row + columns; i++) {
                y[i] = -128;
                if (x[i] - largest >= farthest) {
                    int share = IntegerScaling.highProduct(reciprocal, exp(scaled(scaling, x[i] - largest)));
                    y[i] = (byte) Math.min(127, IntegerScaling.roundedShift(share, 12 - headroom + 31 - 8) - 128);
                }
            }
        }
        return y;
    }

    private static int scaled(IntegerScaling scaling, int difference) {
        return IntegerScaling.highProduct(BigInteger.valueOf(difference).shiftLeft(scaling.shift()), scaling.mantissa())
                .intValueExact();
    }

    /** e^a, a ≤ 0 with 26 fractional bits, result with 31. */
    static int exp(int a) {
        int quarter = 1 << 24;
        int part = Math.floorMod(a, quarter) - quarter;
        int result = expNearZero(part * 32);
        int rest = part - a;
        for (int k = 0; k < POWERS.length; k++) {
            if ((rest >> (24 + k) & 1) == 1) {
                result = IntegerScaling.highProduct(result, POWERS[k]);
            }
        }
        return a == 0 ? Integer.MAX_VALUE : result;
    }

    /** e^a for −1/4 ≤ a < 0: Taylor's polynomial around −1/8. */
    private static int expNearZero(int a) {
        int x = a + (1 << 28);
        int x2 = IntegerScaling.highProduct(x, x);
        int x3 = IntegerScaling.highProduct(x2, x);
        int x4 = IntegerScaling.highProduct(x2, x2);
        int third = IntegerScaling.highProduct(IntegerScaling.roundedShift(x4, 2) + x3, 715827883);
        int higher = IntegerScaling.roundedShift(third + x2, 1);
        return 1895147668 + IntegerScaling.highProduct(1895147668, x + higher);
    }

    /** 1 / (1 + a), a in [0, 1), by Newton's method. */
    static int reciprocal(int a) {
        int half = (int) (((long) a + Integer.MAX_VALUE + 1) / 2);
        long x = 1515870810 + IntegerScaling.highProduct(half, -1010580540);
        for (int i = 0; i < 3; i++) {
            int error = (1 << 29) - IntegerScaling.highProduct(half, (int) x);
            x += 4L * IntegerScaling.highProduct((int) x, error);
        }
        return (int) Math.min(2 * x, Integer.MAX_VALUE);
    }
}
