package dev.junco.runtime.kernel;

/**
 * {@link Rescaling} as one fused multiply-add and one rounding to the nearest integer, for results from 0 on:
 *
 * <pre>clamp(⌊fma(sum, factor, start) + centre⌉, lo, hi)</pre>
 *
 * and where they may be negative, with the bias added before, because the specification's roundings turn with the sign:
 *
 * <pre>clamp(⌊fma(sum + bias, factor, copySign(start, sum + bias))⌉, lo, hi)</pre>
 *
 * <p>The specification rounds twice, at thresholds that no line meets exactly; but sums are integers, so a line is right if between each threshold and
 * where the line comes to a half there is no integer. Of 256 results there are 255 thresholds, and each can be tried: what is found here for a channel is proved for
 * every sum that it can have, rounding errors of the line itself included. Nearly all channels with results from 0 on have such lines. Of the others
 * many have one that is wrong for a single sum, their {@linkplain #exceptions exception}, in whose place another sum is taken.
 *
 * <p>Made without lines; {@link QuantizedKernels#prepare} of kernels that use them looks for them. Thread-safe: until {@link #isReady} they are not used.
 */
public final class SingleRounding {
    /** 1.5 · 2²³: what is added to it is rounded to an integer, which then stands in the low bits. */
    public static final float MAGIC = 12582912f;

    /** The bits of {@link #MAGIC}. */
    public static final int MAGIC_BITS = 0x4b400000;

    private final Rescaling rescaling;
    private final long largestSum;
    private final int lowestBits;
    private final int highestBits;
    private final float[] factors;
    private final float[] starts;
    private final float[] centres;
    private final float[] biases;
    private final float[] exceptions;
    private final float[] replacements;
    /** Groups of channels, as many as the widest vectors have lanes, of which one has no line. */
    private final boolean[] lacking;

    private boolean complete;
    private volatile boolean ready;

    SingleRounding(Rescaling rescaling, long largestSum) {
        this.rescaling = rescaling;
        this.largestSum = largestSum;
        this.lowestBits = MAGIC_BITS + rescaling.lo();
        this.highestBits = MAGIC_BITS + rescaling.hi();
        int n = rescaling.period();
        factors = new float[n];
        starts = new float[n];
        int twoSided = rescaling.isOneSided() ? 0 : n;
        centres = new float[n - twoSided];
        exceptions = new float[twoSided];
        biases = new float[twoSided];
        for (int c = 0; c < biases.length; c++) {
            biases[c] = rescaling.bias(c);
        }
        replacements = new float[twoSided];
        lacking = new boolean[(n + Rescaling.LANES - 1) / Rescaling.LANES];
    }

    /** What is rescaled. */
    public Rescaling rescaling() {
        return rescaling;
    }

    /** The largest sum that a product can have, either side of 0. */
    public long largestSum() {
        return largestSum;
    }

    /** The bits of {@link #MAGIC} and the smallest result. */
    public int lowestBits() {
        return lowestBits;
    }

    /** The bits of {@link #MAGIC} and the largest result. */
    public int highestBits() {
        return highestBits;
    }

    /** What sums are multiplied by, one a channel, repeated as {@link Rescaling#period} says. */
    public float[] factors() {
        return factors;
    }

    /** What is added to the products. */
    public float[] starts() {
        return starts;
    }

    /** {@link #MAGIC} and the centre of a channel, which its start leaves out so that numbers lie around 0, where floats are densest; for results from 0 on. */
    public float[] centres() {
        return centres;
    }

    /** What is added to sums where results may be negative. */
    public float[] biases() {
        return biases;
    }

    /** The sum for which a line of results that may be negative is wrong; NaN if there is none. */
    public float[] exceptions() {
        return exceptions;
    }

    /** The sum to take in place of the exception. */
    public float[] replacements() {
        return replacements;
    }

    /** Whether all channels have lines, which are there. */
    public boolean isComplete() {
        return ready && complete;
    }

    /** Whether lines have been looked for. */
    public boolean isReady() {
        return ready;
    }

    /** Whether there are lines for the channels from {@code first} on that share a vector, also one of the widest; not before {@link #isReady}. */
    public boolean hasLines(int first) {
        return ready && !lacking[first / Rescaling.LANES];
    }

    /** Puts the line of a channel in place whose results are from 0 on; all channels, then {@link #publish}. */
    public void put(int channel, float factor, float start, int centre) {
        for (int c = channel; c < factors.length; c += rescaling.channels()) {
            factors[c] = factor;
            starts[c] = start;
            centres[c] = MAGIC + centre;
        }
    }

    /**
     * The same for results that may be negative.
     *
     * @param exception the sum for which the line is wrong, or NaN
     * @param replacement the sum to take in its place
     */
    public void put(int channel, float factor, float start, float exception, float replacement) {
        for (int c = channel; c < factors.length; c += rescaling.channels()) {
            factors[c] = factor;
            starts[c] = start;
            exceptions[c] = exception;
            replacements[c] = replacement;
        }
    }

    /** Tells that a channel has no line: those that share its vector are estimated. */
    public void lack(int channel) {
        for (int c = channel; c < factors.length; c += rescaling.channels()) {
            lacking[c / Rescaling.LANES] = true;
        }
    }

    /** Lets kernels use what has been put. */
    public void publish() {
        complete = true;
        for (boolean lacks : lacking) {
            complete &= !lacks;
        }
        ready = true;
    }
}
