package dev.junco.runtime.op;

import java.math.BigInteger;

/** Layer normalisation of int16 sums with 10 fractional bits for the mean, a whole number as the variance, and 12 fractional bits for the result. */
final class Int8LayerNorm {
    private static final BigInteger ONE = BigInteger.ONE.shiftLeft(20);

    private Int8LayerNorm() {}

    /** Overwrites the sums of one gate, whose weights begin at an index. */
    static void apply(int[] sums, short[] gamma, int[] beta, int first, float scale) {
        BigInteger total = BigInteger.ZERO;
        BigInteger squares = BigInteger.ZERO;
        BigInteger n = BigInteger.valueOf(sums.length);
        for (int sum : sums) {
            total = total.add(BigInteger.valueOf(sum));
            squares = squares.add(BigInteger.valueOf(sum).pow(2));
        }
        BigInteger mean = total.shiftLeft(10).divide(n);
        int variance = squares.multiply(ONE.divide(n))
                .subtract(mean.pow(2))
                .divide(ONE)
                .intValueExact();
        IntegerScaling deviation = Int8L2.inverseRoot(variance > 0 ? variance : Math.max(1, (int) (10000 * scale)), 0);
        for (int i = 0; i < sums.length; i++) {
            int steps = deviation.apply(1024L * sums[i] - mean.intValueExact());
            int fine = steps * gamma[first + i] + beta[first + i]; // 32-bit sums wrap
            long rounded = ((long) fine + (fine > 0 ? 512 : -512)) / 1024;
            IntegerScaling factor = IntegerScaling.of(scale);
            int result = new IntegerScaling(factor.mantissa(), factor.shift() + 12).apply(rounded);
            sums[i] = Math.max(-32768, Math.min(32767, result));
        }
    }
}
