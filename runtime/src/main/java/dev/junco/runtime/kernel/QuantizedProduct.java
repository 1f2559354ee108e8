package dev.junco.runtime.kernel;

/**
 * How two int8 values are multiplied: z = clamp(zeroPoint + (a − zeroPointA) · (b − zeroPointB) · factor, lo, hi), the
 * factor a pair for {@link FixedPoint#multiply}.
 */
public record QuantizedProduct(
        int zeroPointA, int zeroPointB, int zeroPoint, int multiplier, int shift, int lo, int hi) {
    /** The product of values of (scaleA, zeroPointA) and (scaleB, zeroPointB) as values of (scale, zeroPoint). */
    public static QuantizedProduct of(
            float scaleA, int zeroPointA, float scaleB, int zeroPointB, float scale, int zeroPoint, int lo, int hi) {
        double factor = scaleA * scaleB / scale; // in float: that is what TensorFlow Lite does
        return new QuantizedProduct(
                zeroPointA, zeroPointB, zeroPoint, FixedPoint.multiplier(factor), FixedPoint.shift(factor), lo, hi);
    }

    byte of(byte a, byte b) {
        int product = (a - zeroPointA) * (b - zeroPointB);
        int result = zeroPoint + FixedPoint.multiply(product, multiplier, shift);
        return (byte) Math.min(Math.max(result, lo), hi);
    }
}
