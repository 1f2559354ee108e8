package dev.junco.runtime.kernel;

import java.util.Arrays;

/**
 * From the exact sums of an int8 product to widened results, float integers without a zero point: clamp(requantize(sum + bias, multiplier, shift)) for each
 * channel, where requantize is {@link FixedPoint#multiply(int, int, int)}.
 *
 * <p>For vectors there are estimates in float arithmetic. The two roundings of the specification together are one at the halves, for a number whose size is first
 * enlarged by half a unit of the first rounding, 2^(shift − 1). Where results below 0 are cut off, that is one more addend. The estimate
 * fma(sum, factor, start) is off by at most 2⁻²⁴ times 4 |start| + 3 |result| + 1, and what is beyond 256 is cut off.
 *
 * <p>Mostly there is a {@link SingleRounding} that needs no estimate.
 */
public final class Rescaling {
    /** Half the distance of 1 and the next float. */
    private static final double ULP = 0x1p-24;

    /** Estimates stay below this, so that they can be rounded by the addition of a large number. */
    private static final double MOST = 1 << 21;

    /** Lanes of the widest vectors. */
    static final int LANES = 16;

    /** For fewer channels, constants are repeated until they fill vectors. */
    private static final int FEW = 128;

    /** No estimate of this channel is good. */
    private static final float NEVER = -1;

    private final int[] bias;
    private final int[] multipliers;
    private final int[] shifts;
    private final int lo;
    private final int hi;
    private final int[] lowestSums;
    private final int[] highestSums;
    private final float[] factors;
    private final float[] starts;
    private final float[] halves;
    private final float[] limits;
    private final SingleRounding singleRounding;

    /**
     * The rescaling of some channels.
     *
     * @param bias int32 bias, one a channel
     * @param multipliers 31-bit fixed-point multipliers, one a channel
     * @param shifts left shifts (negative: right), one a channel
     * @param lo smallest result, without the zero point
     * @param hi largest result, without the zero point
     * @param lowestSums that a product can have, one a channel, at least −2²⁴
     * @param highestSums that a product can have, one a channel, at most 2²⁴
     */
    public Rescaling(int[] bias, int[] multipliers, int[] shifts, int lo, int hi, int[] lowestSums, int[] highestSums) {
        this.bias = bias;
        this.multipliers = multipliers;
        this.shifts = shifts;
        this.lo = lo;
        this.hi = hi;
        this.lowestSums = lowestSums;
        this.highestSums = highestSums;
        int n = period(bias.length);
        factors = new float[n];
        starts = new float[n];
        halves = new float[n];
        limits = new float[n];
        for (int i = 0; i < n; i++) {
            int c = i % bias.length;
            double factor = Math.scalb((double) multipliers[c], shifts[c] - 31);
            double half = shifts[c] == 0 ? 0 : Math.scalb(1.0, shifts[c] - 1);
            double start = bias[c] * factor + (isOneSided() ? half : 0);
            double largestSum = Math.max(-(double) lowestSums[c], highestSums[c]);
            boolean good = shifts[c] <= 0 && largestSum * factor + Math.abs(start) < MOST;
            factors[i] = (float) factor;
            starts[i] = (float) start;
            halves[i] = (float) half;
            limits[i] = good ? (float) (0.5 - 800 * ULP - 4 * ULP * Math.abs(start)) : NEVER;
        }
        singleRounding = new SingleRounding(this);
    }

    private static int period(int channels) {
        int rows = 1;
        while (channels < FEW && channels * rows % LANES > 0) {
            rows++;
        }
        return channels * rows;
    }

    /** After how many values, of rows one behind the other, constants for vectors are the same again: they are repeated so far. */
    public int period() {
        return factors.length;
    }

    /** Number of channels. */
    public int channels() {
        return bias.length;
    }

    /** Smallest result. */
    public int lo() {
        return lo;
    }

    /** Largest result. */
    public int hi() {
        return hi;
    }

    /** Whether results below 0 are cut off, so that {@link #starts} holds {@link #halves}. */
    public boolean isOneSided() {
        return lo >= 0;
    }

    /** What sums are multiplied by. */
    public float[] factors() {
        return factors;
    }

    /** What is added to the products. */
    public float[] starts() {
        return starts;
    }

    /** What the size of a two-sided estimate is enlarged by, powers of two or 0. */
    public float[] halves() {
        return halves;
    }

    /** Estimates farther than this from an integer may be wrong. */
    public float[] limits() {
        return limits;
    }

    /** How vectors get results without estimates. */
    public SingleRounding singleRounding() {
        return singleRounding;
    }

    /** Bias of a channel. */
    public int bias(int channel) {
        return bias[channel % bias.length];
    }

    /** 31-bit fixed-point multiplier of a channel. */
    public int multiplier(int channel) {
        return multipliers[channel % bias.length];
    }

    /** Left shift of a channel, negative: right. */
    public int shift(int channel) {
        return shifts[channel % bias.length];
    }

    /** The lowest sum that a channel's product can have. */
    public int lowestSum(int channel) {
        return lowestSums[channel % bias.length];
    }

    /** The highest sum that a channel's product can have. */
    public int highestSum(int channel) {
        return highestSums[channel % bias.length];
    }

    /** The result of a channel's sum; channels may be counted on into the rows that follow. */
    public float of(int channel, int sum) {
        int c = channel % bias.length;
        int scaled = FixedPoint.multiply(sum + bias[c], multipliers[c], shifts[c]);
        return Math.min(Math.max(scaled, lo), hi);
    }

    /** Whether the other one gives the same results for the same sums. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Rescaling
                && lo == ((Rescaling) other).lo
                && hi == ((Rescaling) other).hi
                && Arrays.equals(lowestSums, ((Rescaling) other).lowestSums)
                && Arrays.equals(highestSums, ((Rescaling) other).highestSums)
                && Arrays.equals(bias, ((Rescaling) other).bias)
                && Arrays.equals(multipliers, ((Rescaling) other).multipliers)
                && Arrays.equals(shifts, ((Rescaling) other).shifts);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(multipliers) + Arrays.hashCode(bias)) + lo;
    }
}
