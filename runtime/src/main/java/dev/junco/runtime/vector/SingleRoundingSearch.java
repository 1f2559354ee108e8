package dev.junco.runtime.vector;

import dev.junco.runtime.kernel.Rescaling;
import dev.junco.runtime.kernel.SingleRounding;

/**
 * Looks for the lines of a {@link SingleRounding}. With M the multiplier and n > 0 the right shift, the specification gives a result of k > 0 or more to the sums with
 * bias from t = ⌈(k · 2³¹⁺ⁿ − 2³⁰⁺ⁿ − 2³⁰) / M⌉ on, and a result below k ≤ 0 to those that are −⌈((1 − k) · 2³¹⁺ⁿ − 2³⁰⁺ⁿ − 2³⁰ + 1) / M⌉ or less. A line with the
 * slope f is right for all k if (k − ½) / f − t, taken for all k, spreads over less than 1. Slopes are the floats next to M · 2⁻³¹⁻ⁿ; the start puts the line into
 * the middle of what the spread leaves, then a little beside it. Each pair is tried at t and t − 1 with the arithmetic of the kernels.
 */
final class SingleRoundingSearch {
    /** Right shifts for which the thresholds fit into a long. */
    private static final int MOST_SHIFT = 23;

    /** Integers below this are floats. */
    private static final long EXACT = 1 << 24;

    /** Floats beside the nearest that are tried as slopes. */
    private static final int SLOPES = 6;

    /** Integers beside the middle of the results that are tried as centres: each has other rounding errors. */
    private static final int CENTRES = 100;

    /** Where the line goes between its bounds. */
    private static final double[] PLACES = {0.5, 0.35, 0.65, 0.2, 0.8};

    private final SingleRounding target;
    private final int lo;
    private final int hi;
    private final boolean oneSided;
    /** First sum with bias of each result, from that of lo + 1 on. */
    private final long[] thresholds;

    /** Those that the sums of the channel reach are {@code [first, end)}. */
    private int first;

    private int end;

    /** The threshold at which the last line was wrong: it is tried first. */
    private int hardest;

    private SingleRoundingSearch(SingleRounding target) {
        this.target = target;
        Rescaling rescaling = target.rescaling();
        this.lo = rescaling.lo();
        this.hi = rescaling.hi();
        this.oneSided = rescaling.isOneSided();
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

    private void channel(int channel) {
        Rescaling rescaling = target.rescaling();
        long multiplier = rescaling.multiplier(channel);
        int shift = -rescaling.shift(channel);
        boolean found = false;
        int bias = rescaling.bias(channel);
        boolean exact = oneSided || Math.abs((long) bias) + target.largestSum() < EXACT;
        if (multiplier > 0 && shift >= 0 && shift <= MOST_SHIFT && exact) {
            findThresholds(multiplier, shift, bias);
            int nearest = Float.floatToRawIntBits((float) Math.scalb((double) multiplier, -31 - shift));
            for (int i = 0; i <= 2 * SLOPES && !found; i++) {
                found = slope(channel, Float.intBitsToFloat(nearest + around(i)));
            }
        }
        if (!found) {
            target.lack(channel);
        }
    }

    private void findThresholds(long multiplier, int shift, int bias) {
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
            if (threshold - 1 < bias - target.largestSum()) {
                first = i + 1;
            }
            if (threshold <= bias + target.largestSum()) {
                end = i + 1;
            }
        }
    }

    /** Puts a line with this slope in place if there is one. */
    private boolean slope(int channel, float slope) {
        double least = first < end ? Double.NEGATIVE_INFINITY : 0;
        double most = first < end ? Double.POSITIVE_INFINITY : 1;
        double inverse = 1.0 / slope;
        for (int i = first; i < end; i++) {
            int k = lo + 1 + i;
            double room = (k - 0.5) * inverse - thresholds[i];
            least = Math.max(least, k > 0 ? room : -room - 1);
            most = Math.min(most, k > 0 ? room + 1 : -room);
        }
        int bias = target.rescaling().bias(channel);
        if (oneSided && most <= least) {
            return false;
        }
        boolean found = false;
        for (int c = 0; c <= 2 * CENTRES && !found; c++) {
            int centre = (lo + hi + 1) / 2 + around(c);
            for (int i = 0; i < PLACES.length && !found; i++) {
                double place = least + (most - least) * PLACES[i];
                found = oneSided
                        ? line(channel, slope, (float) ((bias + place) * slope - centre), centre)
                        : c == 0 && twoSidedLine(channel, slope, (float) (place * slope), bias);
            }
        }
        return found;
    }

    /** 0, 1, −1, 2, −2 … */
    private static int around(int i) {
        return i % 2 == 0 ? -i / 2 : i / 2 + 1;
    }

    /** Puts a line in place if it is right. */
    private boolean line(int channel, float slope, float start, int centre) {
        if (first < end && !isRight(Math.min(Math.max(hardest, first), end - 1), channel, slope, start, centre)) {
            return false;
        }
        for (int i = first; i < end; i++) {
            if (!isRight(i, channel, slope, start, centre)) {
                hardest = i;
                return false;
            }
        }
        target.put(channel, slope, start, centre);
        return true;
    }

    private boolean isRight(int threshold, int channel, float slope, float start, int centre) {
        int k = lo + 1 + threshold;
        long sum = thresholds[threshold] - target.rescaling().bias(channel);
        return result(sum, slope, start, centre) >= k && result(sum - 1, slope, start, centre) < k;
    }

    /** Puts a line in place if it is right but for one sum. */
    private boolean twoSidedLine(int channel, float slope, float start, int bias) {
        float exception = Float.NaN;
        float replacement = 0;
        for (int i = first; i < end; i++) {
            int k = lo + 1 + i;
            long sum = thresholds[i] - bias;
            boolean above = twoSided(sum, slope, start, bias) >= k;
            boolean below = twoSided(sum - 1, slope, start, bias) < k;
            if (above && below) {
                continue;
            }
            if (!Float.isNaN(exception) || !above && !below) {
                return false;
            }
            exception = above ? sum - 1 : sum;
            replacement = above ? sum - 2 : sum + 1;
            if (twoSided((long) replacement, slope, start, bias) >= k == above) {
                return false;
            }
        }
        target.put(channel, slope, start, exception, replacement);
        return true;
    }

    /** What the kernels compute, before it is bounded. */
    private static float result(long sum, float slope, float start, int centre) {
        return Math.fma((float) sum, slope, start) + (SingleRounding.MAGIC + centre) - SingleRounding.MAGIC;
    }

    /** The same where results may be negative. */
    private static float twoSided(long sum, float slope, float start, int bias) {
        float biased = (float) sum + bias;
        return Math.fma(biased, slope, Math.copySign(start, biased)) + SingleRounding.MAGIC - SingleRounding.MAGIC;
    }
}
