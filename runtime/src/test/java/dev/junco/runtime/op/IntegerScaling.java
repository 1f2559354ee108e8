package dev.junco.runtime.op;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Multiplication of an integer by a real factor as the TensorFlow Lite 8-bit quantization specification has it, on numbers of any size: the factor
 * becomes a 32-bit mantissa with 31 fractional bits and a power of two, and the product is rounded after each of the two.
 */
record IntegerScaling(BigInteger mantissa, int shift) {
    private static final BigInteger HALF = BigInteger.ONE.shiftLeft(30);
    private static final BigInteger ONE = BigInteger.ONE.shiftLeft(31);

    /** The mantissa and power of two of a factor, mantissa 0 for 0; negative factors have a negative mantissa. */
    static IntegerScaling of(double factor) {
        if (factor == 0) {
            return new IntegerScaling(BigInteger.ZERO, 0);
        }
        int shift = Math.getExponent(factor) + 1;
        BigInteger mantissa = new BigDecimal(Math.scalb(factor, -shift))
                .multiply(new BigDecimal(ONE))
                .setScale(0, RoundingMode.HALF_UP)
                .toBigInteger();
        if (mantissa.equals(ONE)) {
            return new IntegerScaling(HALF, shift + 1);
        }
        return shift < -31 ? new IntegerScaling(BigInteger.ZERO, 0) : new IntegerScaling(mantissa, shift);
    }

    int apply(long x) {
        BigInteger shifted = BigInteger.valueOf(x).shiftLeft(Math.max(shift, 0));
        return roundedShift(highProduct(shifted, mantissa), Math.max(-shift, 0)).intValueExact();
    }

    /** a · b / 2³¹, rounded to nearest: "saturating rounding doubling high multiplication". */
    static BigInteger highProduct(BigInteger a, BigInteger b) {
        BigInteger product = a.multiply(b);
        BigInteger nudge = product.signum() >= 0 ? HALF : BigInteger.ONE.subtract(HALF);
        return product.add(nudge).divide(ONE).min(ONE.subtract(BigInteger.ONE));
    }

    static int highProduct(int a, int b) {
        return highProduct(BigInteger.valueOf(a), BigInteger.valueOf(b)).intValueExact();
    }

    /** x / 2^exponent, rounded to nearest, halves away from zero. */
    static BigInteger roundedShift(BigInteger x, int exponent) {
        return new BigDecimal(x)
                .divide(new BigDecimal(BigInteger.ONE.shiftLeft(exponent)), 0, RoundingMode.HALF_UP)
                .toBigIntegerExact();
    }

    static int roundedShift(int x, int exponent) {
        return roundedShift(BigInteger.valueOf(x), exponent).intValueExact();
    }
}
