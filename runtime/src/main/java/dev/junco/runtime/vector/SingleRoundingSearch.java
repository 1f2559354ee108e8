package dev.junco.runtime.vector;

import dev.junco.runtime.kernel.Rescaling;
import dev.junco.runtime.kernel.SingleRounding;

/**
 * Looks for the lines of a {@link SingleRounding}. With M the multiplier and n > 0 the right shift, the specification gives a result of k > 0 or more to the sums with
 * bias from t = ⌈(k · 2³¹⁺ⁿ − 2³⁰⁺ⁿ − 2³⁰) / M⌉ on, and a result below k ≤ 0 to those that are −⌈((1 − k) · 2³¹⁺ⁿ − 2³⁰⁺ⁿ − 2³⁰ + 1) / M⌉ or less. A line with the
 * slope f is right for all k if (k − ½) / f − t, taken for all k, spreads over less than 1. Slopes are the floats next to M · 2⁻³¹⁻ⁿ; the start puts the line into
 * the middle of what the spread leaves, then a little beside it. Each is tried at t and t − 1 with the arithmetic of the kernels, under many centres and both magic
 * numbers: what is left of a line's errors is rounding, and each of them rounds otherwise.
 */
final class SingleRoundingSearch {
    /** Right shifts for which the thresholds fit into a long. */
    private static final int MOST_SHIFT = 23;

    /** Integers below this are floats. */
    private static final long EXACT = 1 << 24;

    /** Floats beside the nearest that are tried as slopes. */
    private static final int SLOPES = 6;

    /** Integers beside the first that are tried as centres: where results may be negative either they help soon or there are too many sums for each result. */
    private static final int CENTRES = 250;

    private static final int TWO_SIDED_CENTRES = 50;

    /** Where the line goes between its bounds. */
    private static final double[] PLACES = {0.5, 0.35, 0.65, 0.2, 0.8, 0.1, 0.9, 0.05, 0.95};

    private static final float EVEN = SingleRounding.MAGIC;
    private static final float ODD = SingleRounding.MAGIC + 1;

    private final SingleRounding target;
    private final Rescaling rescaling;
    private final int lo;
    private final int hi;
    private final boolean oneSided;
    /** The first centre that is tried. */
    private final int middle;
    /** First sum with bias of each result, from that of lo + 1 on. */
    private final long[] thresholds;

    private int channel;
    private int bias;
    /** The ends of the channel's sums, and the thresholds between them: {@code [first, end)}. */
    private int lowest;

    private int highest;
    private int first;
    private int end;

    /** The threshold at which the last line was wrong: it is tried first. */
    private int hardest;

    private SingleRoundingSearch(SingleRounding target) {
        this.target = target;
        this.rescaling = target.rescaling();
        this.lo = rescaling.lo();
        this.hi = rescaling.hi();
        this.oneSided = rescaling.isOneSided();
        this.middle = (oneSided ? lo + hi + 1 : Math.max(-lo, hi)) / 2;
        this.thresholds = new long[Math.max(hi - lo, 0)];
    }

    /** Fills {@code target}. */
    static void fill(SingleRounding target) {
        SingleRoundingSearch search = new SingleRoundingSearch(target);
        for (int channel = 0; channel < target.rescaling().channels(); channel++) {
            search.channel(channel);
        }
        target.publish();
    }

    private void channel(int c) {
        channel = c;
        bias = rescaling.bias(c);
        lowest = rescaling.lowestSum(c);
        highest = rescaling.highestSum(c);
        long multiplier = rescaling.multiplier(c);
        int shift = -rescaling.shift(c);
        boolean found = false;
        boolean exact = oneSided || Math.abs((long) bias) + Math.max(-(long) lowest, highest) < EXACT;
        if (multiplier > 0 && shift >= 0 && shift <= MOST_SHIFT && exact) {
            findThresholds(multiplier, shift);
            int nearest = Float.floatToRawIntBits((float) Math.scalb((double) multiplier, -31 - shift));
            for (int i = 0; i <= 2 * SLOPES && !found; i++) {
                found = slope(Float.intBitsToFloat(nearest + around(i)));
            }
        }
        if (!found) {
            target.lack(c);
        }
    }

    private void findThresholds(long multiplier, int shift) {
        long half = (shift == 0 ? 0 : 1L << (30 + shift)) + (1L << 30);
        first = 0;
        end = 0;
        for (int i = 0; i < thresholds.length; i++) {
            long k = lo + 1 + i;
            // halves are rounded away from zero, at last; the first rounding takes them up
            long numerator = k > 0 ? (k << (31 + shift)) - half : (1 - k << (31 + shift)) - half + 1;
            long quotient = Math.floorDiv(numerator + multiplier - 1, multiplier);
            long threshold = k > 0 ? quotient : 1 - quotient;
            thresholds[i] = threshold;
            if (threshold <= (long) bias + lowest) {
                first = i + 1;
            }
            if (threshold <= (long) bias + highest) {
                end = i + 1;
            }
        }
    }

    /** Puts a line with this slope in place if there is one. */
    private boolean slope(float slope) {
        double least = first < end ? Double.NEGATIVE_INFINITY : 0;
        double most = first < end ? Double.POSITIVE_INFINITY : 1;
        double inverse = 1.0 / slope;
        for (int i = first; i < end; i++) {
            int k = lo + 1 + i;
            double room = (k - 0.5) * inverse - thresholds[i];
            least = Math.max(least, k > 0 ? room : -room - 1);
            most = Math.min(most, k > 0 ? room + 1 : -room);
        }
        if (most <= least) {
            return false;
        }
        for (int c = 0; c <= 2 * (oneSided ? CENTRES : TWO_SIDED_CENTRES); c++) {
            int centre = middle + around(c);
            for (double part : PLACES) {
                double place = least + (most - least) * part;
                float start = (float) ((oneSided ? bias + place : place) * slope - centre);
                if (line(slope, start, centre, EVEN) || line(slope, start, centre, ODD)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** 0, 1, −1, 2, −2 … */
    private static int around(int i) {
        return i % 2 == 0 ? -i / 2 : i / 2 + 1;
    }

    /** Puts a line in place if it is right: neither it nor the specification falls, so their thresholds and the ends are enough. */
    private boolean line(float slope, float start, int centre, float magic) {
        if (first < end && !isRight(Math.min(Math.max(hardest, first), end - 1), slope, start, centre, magic)) {
            return false;
        }
        for (int i = first; i < end; i++) {
            if (!isRight(i, slope, start, centre, magic)) {
                hardest = i;
                return false;
            }
        }
        if (!isRightAt(lowest, slope, start, centre, magic) || !isRightAt(highest, slope, start, centre, magic)) {
            return false;
        }
        target.put(channel, slope, start, centre, magic);
        return true;
    }

    private boolean isRight(int threshold, float slope, float start, int centre, float magic) {
        int k = lo + 1 + threshold;
        int sum = (int) (thresholds[threshold] - bias);
        return result(sum, slope, start, centre, magic) >= k && result(sum - 1, slope, start, centre, magic) < k;
    }

    private boolean isRightAt(int sum, float slope, float start, int centre, float magic) {
        float result = result(sum, slope, start, centre, magic);
        return Math.min(Math.max(result, lo), hi) == rescaling.of(channel, sum);
    }

    /** What the kernels compute, before it is bounded. */
    private float result(int sum, float slope, float start, int centre, float magic) {
        if (oneSided) {
            return Math.fma((float) sum, slope, start) + (magic + centre) - magic;
        }
        float biased = (float) sum + bias;
        return biased < 0
                ? Math.fma(biased, slope, -start) + (magic - centre) - magic
                : Math.fma(biased, slope, start) + (magic + centre) - magic;
    }
}
