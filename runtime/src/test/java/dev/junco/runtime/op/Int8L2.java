package dev.junco.runtime.op;

import java.math.BigInteger;

/** Rows of int8 over their length in 128ths: fixed-point numbers with 3 integer bits and five Newton steps for 1 / √(sum of squares). */
final class Int8L2 {
    private Int8L2() {}

    static byte[] of(byte[] x, int n, int zeroPoint) {
        byte[] y = new byte[x.length];
        for (int row = 0; row < x.length; row += n) {
            long squares = 0;
            for (int i = row; i < row + n; i++) {
                squares += (long) (x[i] - zeroPoint) * (x[i] - zeroPoint);
            }
            IntegerScaling scaling = inverseRoot(squares, 7);
            for (int i = row; i < row + n; i++) {
                y[i] = (byte) Math.max(-128, Math.min(127, scaling.apply(x[i] - zeroPoint)));
            }
        }
        return y;
    }

    /** 2^bits / √squares. */
    static IntegerScaling inverseRoot(long squares, int bits) {
        if (squares <= 1) {
            return new IntegerScaling(BigInteger.valueOf(Integer.MAX_VALUE), bits);
        }
        // squares = mantissa · 4^power with the mantissa in [2²⁷, 2²⁹).
        long mantissa = squares;
        int power = 0;
        for (; mantissa >= 1L << 29; power++) {
            mantissa /= 4;
        }
        for (; mantissa < 1L << 27; power--) {
            mantissa *= 4;
        }
        long half = Math.floorDiv((mantissa >> 1) + 1, 2);
        long x = 1L << 28;
        for (int step = 0; step < 5; step++) {
            long cube = product(product(x, x), x) << 6;
            x = product(3L << 27, x) - product(half, cube) << 3;
        }
        return new IntegerScaling(BigInteger.valueOf(product(x, 1518500250L)), bits - 11 - power);
    }

    /** a · b / 2³¹, halves up. */
    private static long product(long a, long b) {
        return Math.floorDiv(a * b + (1L << 30), 1L << 31);
    }
}
