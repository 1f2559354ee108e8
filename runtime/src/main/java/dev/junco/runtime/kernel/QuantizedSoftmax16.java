package dev.junco.runtime.kernel;

/**
 * How the softmax of int16 values is computed in integers, as TensorFlow Lite's reference kernel does: eˣ over [−10, 0] and 1 / (1 + x) over [0, 1] are
 * tables of 512 pieces between which values are interpolated. The result has scale 2⁻¹⁵ and zero point 0.
 *
 * <p>Thread-safe; immutable.
 */
public final class QuantizedSoftmax16 {
    private static final int PIECES = 512;

    /** Smallest exponent that counts. */
    private static final double LEAST = -10;

    private final short[] exponentials = new short[PIECES + 1];
    private final short[] reciprocals = new short[PIECES + 1];

    /** With {@link #shift}, what brings a difference to units of 10 / 65535. */
    private final int multiplier;

    private final int shift;

    private QuantizedSoftmax16(int multiplier, int shift) {
        this.multiplier = multiplier;
        this.shift = shift;
        fill(exponentials, true, LEAST, 0);
        fill(reciprocals, false, 0, 1);
    }

    /**
     * Softmax of beta · x for x of the given scale.
     *
     * @throws IllegalArgumentException if their product is beyond what a multiplier of 31 bits and its shift can hold
     */
    public static QuantizedSoftmax16 of(float scale, float beta) {
        double factor = (double) scale * beta / (10.0 / 65535.0);
        if (!(factor < 1 << 14)) {
            throw new IllegalArgumentException("beta · scale is " + (double) scale * beta + ", must be below 2.5");
        }
        return new QuantizedSoftmax16(FixedPoint.multiplier(factor), FixedPoint.shift(factor));
    }

    /** Each entry is moved by half of what linear interpolation errs in the middle of its piece. */
    private static void fill(short[] table, boolean exponential, double from, double to) {
        double step = (to - from) / PIECES;
        for (int i = 0; i < PIECES; i++) {
            double here = 32768 * value(exponential, from + i * step);
            double middle = 32768 * value(exponential, from + i * step + step / 2);
            double next = 32768 * value(exponential, from + (i + 1) * step);
            double error = round((next + round(here)) / 2) - round(middle);
            table[i] = saturated(round(here) - round(error / 2));
        }
        table[PIECES] = saturated(round(32768 * value(exponential, to)));
    }

    private static double value(boolean exponential, double x) {
        return exponential ? StrictMath.exp(x) : 1 / (1 + x);
    }

    /** To the nearest integer, halves away from zero. */
    private static double round(double x) {
        return Math.copySign(Math.floor(Math.abs(x) + 0.5), x);
    }

    private static short saturated(double x) {
        return (short) Math.max(Math.min(x, Short.MAX_VALUE), Short.MIN_VALUE);
    }

    private static int saturated(int x) {
        return Math.max(Math.min(x, Short.MAX_VALUE), Short.MIN_VALUE);
    }

    /** Overwrites a row y of n elements with the softmax of the row x; both may be the same. */
    public void row(short[] x, int xOffset, short[] y, int yOffset, int n) {
        int max = Short.MIN_VALUE;
        for (int i = 0; i < n; i++) {
            max = Math.max(max, x[xOffset + i]);
        }
        int sum = 0;
        for (int i = 0; i < n; i++) {
            int scaled = FixedPoint.multiply(x[xOffset + i] - max, multiplier, shift);
            int e = LookupTables.interpolated(exponentials, saturated(scaled + Short.MAX_VALUE));
            y[yOffset + i] = (short) e;
            sum += e;
        }
        // 1 / (1 + rest) for a sum of (1 + rest) · 2^(30 − headroom), rest with 16 fractional bits.
        int headroom = Integer.numberOfLeadingZeros(sum) - 1;
        int shifted = (int) ((((long) sum << headroom) + (1 << 13)) >> 14);
        int reciprocal = LookupTables.interpolated(reciprocals, saturated(shifted - (1 << 15) - (1 << 16)));
        int right = 30 - headroom;
        for (int i = 0; i < n; i++) {
            int share = (int) (((long) y[yOffset + i] * reciprocal + (1L << (right - 1))) >> right);
            y[yOffset + i] = (short) Math.min(Math.max(share, 0), Short.MAX_VALUE);
        }
    }
}
