package dev.junco.runtime.kernel;

/**
 * {@link Rescaling} as one fused multiply-add and one rounding to the nearest integer, for results from 0 on:
 *
 * <pre>clamp(⌊fma(sum, factor, start) + centre⌉, lo, hi)</pre>
 *
 * and where they may be negative, with the bias added before, because the specification's roundings turn with the sign:
 *
 * <pre>clamp(⌊fma(sum + bias, factor, ±start) ± centre⌉, lo, hi), the signs those of sum + bias</pre>
 *
 * <p>The specification rounds twice, at thresholds that no line meets exactly; but sums are integers, so a line is right if between each threshold and
 * where the line comes to a half there is no integer. Of 256 results there are 255 thresholds, and each can be tried: what is found here for a channel is proved for
 * every sum that it can have, rounding errors of the line itself included.
 *
 * <p>The integer is rounded by the addition of a large number, and a half to the even one of the sums of that number and an integer: so there are two magic
 * numbers, one even and one odd, and each channel has the one under which its halves become right.
 *
 * <p>Made without lines; {@link WidenedKernels#prepare} of kernels that use them looks for them. Thread-safe: until {@link #isReady} they are not used.
 */
public final class SingleRounding {
    /** 1.5 · 2²³: what is added to it, or to the next float, is rounded to an integer, which then stands in the low bits. */
    public static final float MAGIC = 12582912f;

    /** The bits of {@link #MAGIC}; of the next float they are one more. */
    public static final int MAGIC_BITS = 0x4b400000;

    private final Rescaling rescaling;
    private final float[] factors;
    private final float[] starts;
    private final float[] centres;
    private final float[] magics;
    private final float[] lows;
    private final float[] highs;
    private final float[] biases;
    /** Groups of channels, as many as the widest vectors have lanes, of which one has no line. */
    private final boolean[] lacking;

    private boolean complete;
    private volatile boolean ready;

    SingleRounding(Rescaling rescaling) {
        this.rescaling = rescaling;
        int n = rescaling.period();
        factors = new float[n];
        starts = new float[n];
        centres = new float[n];
        magics = new float[n];
        lows = new float[n];
        highs = new float[n];
        biases = new float[rescaling.isOneSided() ? 0 : n];
        for (int c = 0; c < biases.length; c++) {
            biases[c] = rescaling.bias(c);
        }
        lacking = new boolean[(n + Rescaling.LANES - 1) / Rescaling.LANES];
    }

    /** What is rescaled. */
    public Rescaling rescaling() {
        return rescaling;
    }

    /** What sums are multiplied by, one a channel, repeated as {@link Rescaling#period} says. */
    public float[] factors() {
        return factors;
    }

    /** What is added to the products. */
    public float[] starts() {
        return starts;
    }

    /**
     * The centre of a channel, an integer, which its start leaves out so that numbers lie around 0, where floats are densest. Where results are from 0 on, each is
     * enlarged by its {@linkplain #magics magic number}.
     */
    public float[] centres() {
        return centres;
    }

    /** What results are rounded by: {@link #MAGIC} or the next float. */
    public float[] magics() {
        return magics;
    }

    /** The smallest result, enlarged by the magic number: its bits bound those of rounded results. */
    public float[] lows() {
        return lows;
    }

    /** The same of the largest result. */
    public float[] highs() {
        return highs;
    }

    /** What is added to sums where results may be negative. */
    public float[] biases() {
        return biases;
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

    /** {@link #hasLines(int)} for the channels {@code [from, to)}. */
    public boolean hasLines(int from, int to) {
        boolean all = ready;
        for (int c = from; c < to; c += Rescaling.LANES) {
            all &= !lacking[c / Rescaling.LANES];
        }
        return all;
    }

    /**
     * Puts the line of a channel in place; all channels, then {@link #publish}.
     *
     * @param magic {@link #MAGIC} or the next float
     */
    public void put(int channel, float factor, float start, int centre, float magic) {
        for (int c = channel; c < factors.length; c += rescaling.channels()) {
            factors[c] = factor;
            starts[c] = start;
            centres[c] = rescaling.isOneSided() ? magic + centre : centre;
            magics[c] = magic;
            lows[c] = magic + rescaling.lo();
            highs[c] = magic + rescaling.hi();
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
