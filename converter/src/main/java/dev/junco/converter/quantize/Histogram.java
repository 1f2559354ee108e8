package dev.junco.converter.quantize;

/**
 * Counts values in bins of equal width over a known range, and finds the range that int8 represents best. Zeros are left out: int8 represents them
 * exactly whatever the range, and after a Relu they would outvote all others. Not thread-safe.
 */
final class Histogram {
    private static final int BINS = 2048;
    /** Candidate ends on each side: the range shrinks in steps of 1/128 of its half down to a hundredth. */
    private static final int STEPS = 128;

    private final Range range;
    private final double width;
    private final long[] counts = new long[BINS];

    /** An empty histogram; {@code range} is not {@link Range#ZERO}. */
    Histogram(Range range) {
        this.range = range;
        this.width = range.width() / BINS;
    }

    void add(float[] values, int count) {
        double perBin = 1 / width;
        for (int i = 0; i < count; i++) {
            if (values[i] != 0) {
                int bin = (int) ((values[i] - range.lo()) * perBin);
                counts[Math.max(0, Math.min(bin, BINS - 1))]++;
            }
        }
    }

    /** The range without a share {@code tail} of all values at each end. */
    Range percentile(double tail) {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        long cut = (long) (total * tail);
        int first = 0;
        for (long below = counts[0]; below <= cut && first < BINS - 1; below += counts[first]) {
            first++;
        }
        int last = BINS - 1;
        for (long above = counts[last]; above <= cut && last > 0; above += counts[last]) {
            last--;
        }
        return first > last ? range : new Range(range.lo() + first * width, range.lo() + (last + 1) * width);
    }

    /**
     * The range with the least squared error: step² / 12 for a value inside, the squared distance to the nearest end for one outside. Ends
     * are improved in turn, from the outside inwards, until neither moves.
     */
    Range leastSquares() {
        int low = STEPS;
        int high = STEPS;
        double best = error(low, high);
        boolean moved = true;
        while (moved) {
            moved = false;
            for (int candidate = 1; candidate <= STEPS; candidate++) {
                double lowError = error(candidate, high);
                if (lowError < best) {
                    best = lowError;
                    low = candidate;
                    moved = true;
                }
            }
            for (int candidate = 1; candidate <= STEPS; candidate++) {
                double highError = error(low, candidate);
                if (highError < best) {
                    best = highError;
                    high = candidate;
                    moved = true;
                }
            }
        }
        return range(low, high);
    }

    private Range range(int low, int high) {
        return new Range(range.lo() * low / STEPS, range.hi() * high / STEPS);
    }

    private double error(int low, int high) {
        Range candidate = range(low, high);
        double step = candidate.width() / 255;
        double inside = step * step / 12;
        double error = 0;
        for (int bin = 0; bin < BINS; bin++) {
            if (counts[bin] != 0) {
                double value = range.lo() + (bin + 0.5) * width;
                double outside = Math.max(candidate.lo() - value, value - candidate.hi());
                error += counts[bin] * (outside > 0 ? outside * outside : inside);
            }
        }
        return error;
    }
}
