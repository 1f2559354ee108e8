package dev.junco.runtime.vector;

import dev.junco.runtime.kernel.Rescaling;
import dev.junco.runtime.kernel.SingleRounding;

/**
 * Looks for the lines of a {@link SingleRounding}. With M the multiplier and n the right shift, the specification gives a result of k or more to the sums with
 * bias from t = ⌈(k · 2³¹⁺ⁿ − 2³⁰⁺ⁿ − 2³⁰) / M⌉ on. A line with the slope f is right for all k if (k − ½) / f − t, taken for all k, spreads over
 * less than 1. Slopes are the floats next to M · 2⁻³¹⁻ⁿ; the start puts the line into the middle of what the spread leaves, then a little beside it.
 * Each pair is tried at t and t − 1 with the arithmetic of the kernels.
 */
final class SingleRoundingSearch {
    /** Right shifts for which the thresholds fit into a long. */
    private static final int MOST_SHIFT = 23;

    /** Floats beside the nearest that are tried as slopes. */
    private static final int SLOPES = 3;

    /** Where the line goes between its bounds. */
    private static final double[] PLACES = {0.5, 0.35, 0.65, 0.2, 0.8};

    private final SingleRounding target;
    private final int lo;
    private final int hi;
    private final int centre;
    /** First sum with bias of each result, from that of lo + 1 on. */
    private final long[] thresholds;

    /** Those that the sums of the channel reach are {@code [first, end)}. */
    private int first;

    private int end;

    private SingleRoundingSearch(SingleRounding target) {
        this.target = target;
        Rescaling rescaling = target.rescaling();
        this.lo = rescaling.lo();
        this.hi = rescaling.hi();
        this.centre = target.centre();
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
        if (multiplier > 0 && shift >= 0 && shift <= MOST_SHIFT) {
            findThresholds(multiplier, shift, rescaling.bias(channel));
            int nearest = Float.floatToRawIntBits((float) Math.scalb((double) multiplier, -31 - shift));
            for (int beside = 0; beside <= 2 * SLOPES && !found; beside++) {
                // 0, 1, −1, 2, −2 … floats beside the nearest
                int bits = nearest + (beside % 2 == 0 ? -beside / 2 : beside / 2 + 1);
                found = slope(channel, Float.intBitsToFloat(bits));
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
            long numerator = (k << (31 + shift)) - half;
            long threshold = Math.floorDiv(numerator + multiplier - 1, multiplier);
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
            double room = (lo + i + 0.5) * inverse - thresholds[i];
            least = Math.max(least, room);
            most = Math.min(most, room + 1);
        }
        int bias = target.rescaling().bias(channel);
        boolean found = false;
        for (int i = 0; i < PLACES.length && !found; i++) {
            double place = least + (most - least) * PLACES[i];
            found = line(channel, slope, (float) ((bias + place) * slope - centre), bias);
        }
        return found;
    }

    /** Puts a line in place if it is right but for one sum. */
    private boolean line(int channel, float slope, float start, int bias) {
        float exception = Float.NaN;
        float replacement = 0;
        for (int i = first; i < end; i++) {
            int k = lo + 1 + i;
            long sum = thresholds[i] - bias;
            boolean above = result(sum, slope, start) >= k;
            boolean below = result(sum - 1, slope, start) < k;
            if (above && below) {
                continue;
            }
            if (!Float.isNaN(exception) || !above && !below) {
                return false;
            }
            exception = above ? sum - 1 : sum;
            replacement = above ? sum - 2 : sum + 1;
            if (result((long) replacement, slope, start) >= k == above) {
                return false;
            }
        }
        target.put(channel, slope, start, exception, replacement);
        return true;
    }

    /** What the kernels compute, before it is bounded. */
    private float result(long sum, float slope, float start) {
        return Math.fma((float) sum, slope, start) + (SingleRounding.MAGIC + centre) - SingleRounding.MAGIC;
    }
}
