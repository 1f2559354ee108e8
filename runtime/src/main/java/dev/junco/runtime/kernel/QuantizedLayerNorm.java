package dev.junco.runtime.kernel;

/**
 * Layer normalisation of int16 values in integers, with the bits of TensorFlow Lite's reference kernel for recurrent cells: mean and deviations have 10 fractional bits, the variance is
 * a whole number, and {@code gamma ⊙ deviation / √variance + beta}, gamma int16 and beta in steps of 2⁻¹⁰ · scale(gamma), is brought to 12 fractional
 * bits within int16. Sums of 32 bits wrap.
 *
 * <p>Thread-safe as long as nobody writes into gamma and beta.
 */
public final class QuantizedLayerNorm {
    private static final int ONE = 1 << 10;
    private static final int RESULT_BITS = 12;

    private final int multiplier;
    private final int shift;

    /** What stands for a variance below 1. */
    private final int guard;

    private final short[] gamma;
    private final int gammaOffset;
    private final int[] beta;
    private final int betaOffset;

    /** The normalisation with weights of a scale below 2¹⁸, which are read at each use. */
    public QuantizedLayerNorm(float scale, short[] gamma, int gammaOffset, int[] beta, int betaOffset) {
        multiplier = FixedPoint.multiplier(scale);
        shift = FixedPoint.shift(scale) + RESULT_BITS;
        guard = Math.max(1, (int) (10_000 * scale));
        this.gamma = gamma;
        this.gammaOffset = gammaOffset;
        this.beta = beta;
        this.betaOffset = betaOffset;
    }

    /** Overwrites n values within int16 with their normalisation; n from 1 to 2²⁰. */
    public void apply(int[] values, int offset, int n) {
        long sum = 0;
        long squares = 0;
        for (int i = 0; i < n; i++) {
            int value = values[offset + i];
            sum += value;
            squares += (long) value * value;
        }
        int mean = (int) (sum * ONE / n);
        // 2²⁰ / n is cut off before it is used, so the variance is a little small where n is no power of two.
        int variance = (int) ((squares * (ONE * ONE / n) - (long) mean * mean) / (ONE * ONE));
        long inverse = FixedPoint.inverseSquareRoot(variance < 1 ? guard : variance);
        int inverseMultiplier = (int) (inverse >>> 32);
        int inverseShift = (int) inverse;
        for (int i = 0; i < n; i++) {
            int deviation = FixedPoint.multiply(ONE * values[offset + i] - mean, inverseMultiplier, inverseShift);
            long scaled = deviation * gamma[gammaOffset + i] + beta[betaOffset + i];
            int rounded = (int) ((scaled > 0 ? scaled + ONE / 2 : scaled - ONE / 2) / ONE);
            values[offset + i] = FixedPoint16.saturate(FixedPoint.multiply(rounded, multiplier, shift));
        }
    }
}
