package dev.junco.runtime.kernel;

/**
 * How two int8 values of different scales are added or subtracted: both are brought to a common scale with
 * {@value #HEADROOM} extra bits, added as int32, and brought to the scale of the result. Every factor is a pair for
 * {@link FixedPoint#multiply}.
 *
 * @param lo smallest result
 * @param hi largest result
 */
public record QuantizedSum(
        int zeroPointA,
        int multiplierA,
        int shiftA,
        int zeroPointB,
        int multiplierB,
        int shiftB,
        int zeroPoint,
        int multiplier,
        int shift,
        int lo,
        int hi) {
    /** Around which coarse estimates lie: 1.5 · 2⁹, whose neighbours to ±256 are multiples of 2⁻¹⁴. */
    public static final float BASE = 768;

    /** The fractional bits of a coarse estimate. */
    public static final int FRACTION = (1 << 14) - 1;

    /** Bits by which the operands are shifted left before they are scaled. */
    public static final int HEADROOM = 20;

    /** The sum of values of (scaleA, zeroPointA) and (scaleB, zeroPointB) as values of (scale, zeroPoint). */
    public static QuantizedSum of(
            float scaleA, int zeroPointA, float scaleB, int zeroPointB, float scale, int zeroPoint, int lo, int hi) {
        double common = 2.0 * Math.max(scaleA, scaleB);
        double factorA = scaleA / common;
        double factorB = scaleB / common;
        double factor = common / ((double) scale * (1 << HEADROOM));
        return new QuantizedSum(
                zeroPointA,
                FixedPoint.multiplier(factorA),
                FixedPoint.shift(factorA),
                zeroPointB,
                FixedPoint.multiplier(factorB),
                FixedPoint.shift(factorB),
                zeroPoint,
                FixedPoint.multiplier(factor),
                FixedPoint.shift(factor),
                lo,
                hi);
    }

    /** Scale of a by that of the result. */
    public double factorA() {
        return Math.scalb((double) multiplierA, shiftA - 31 + HEADROOM) * step();
    }

    /** Scale of b by that of the result. */
    public double factorB() {
        return Math.scalb((double) multiplierB, shiftB - 31 + HEADROOM) * step();
    }

    /** What one in the common scale is in the result's. */
    private double step() {
        return Math.scalb((double) multiplier, shift - 31);
    }

    /**
     * How far a sum computed in float32 may lie from the one that the specification rounds to an integer: a product each of at most 255 factors, two
     * additions, the factors themselves; then the integers' roundings. Infinite where fixed-point factors are too large for such a sum.
     */
    public double estimateError() {
        double factors = factorA() + factorB();
        return shift > -8 || factors > 1024
                ? Double.POSITIVE_INFINITY
                : (2048 * factors + 2048) / (1 << 24) + 3 * step() + Math.scalb(1.0, shift);
    }

    /**
     * How far fma(a, factorA, fma(b, factorB, 0)) of widened values may lie from the one that the specification rounds to an integer, in float32: each factor and
     * each operation is off by at most 2⁻²⁴ of 255 factors, and integers are rounded.
     */
    public double widenedError() {
        return 1024 * (factorA() + factorB()) / (1 << 24) + 3 * step() + Math.scalb(1.0, shift);
    }

    /** The same for a coarse estimate, see {@link #FRACTION}, in its units: one for the operations, one for the start, and the factors. */
    public int coarseError() {
        double factors = 256 * (factorA() + factorB()) / (1 << 24);
        return (int) Math.ceil((factors + 3 * step() + Math.scalb(1.0, shift)) * (FRACTION + 1)) + 2;
    }

    /** A value of a in the common scale. */
    public int scaledA(byte a) {
        return FixedPoint.multiply((a - zeroPointA) << HEADROOM, multiplierA, shiftA);
    }

    /** A value of b in the common scale. */
    public int scaledB(byte b) {
        return FixedPoint.multiply((b - zeroPointB) << HEADROOM, multiplierB, shiftB);
    }

    /** The sum of two widened values as a widened value: float integers without zero points. */
    public float ofWidened(float a, float b) {
        int left = FixedPoint.multiply((int) a << HEADROOM, multiplierA, shiftA);
        int right = FixedPoint.multiply((int) b << HEADROOM, multiplierB, shiftB);
        int result = FixedPoint.multiply(left + right, multiplier, shift);
        return Math.min(Math.max(result, lo - zeroPoint), hi - zeroPoint);
    }

    /** A sum in the common scale as a value of the result. */
    public byte result(int sum) {
        int result = zeroPoint + FixedPoint.multiply(sum, multiplier, shift);
        return (byte) Math.min(Math.max(result, lo), hi);
    }
}
