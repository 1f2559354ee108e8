package dev.junco.converter.quantize;

import dev.junco.runtime.Quantization;

/**
 * The real numbers from {@code lo} to {@code hi}; always contains 0.
 *
 * @param lo at most 0
 * @param hi at least 0
 */
record Range(double lo, double hi) {
    /** Nothing but 0. */
    static final Range ZERO = new Range(0, 0);

    Range {
        lo = Math.min(lo, 0);
        hi = Math.max(hi, 0);
    }

    /** The smallest range that contains both. */
    Range hull(Range other) {
        return new Range(Math.min(lo, other.lo), Math.max(hi, other.hi));
    }

    /** What both contain. */
    Range within(Range other) {
        return new Range(Math.max(lo, other.lo), Math.min(hi, other.hi));
    }

    double width() {
        return hi - lo;
    }

    /**
     * Asymmetric int8 over this range: scale = (hi − lo) / 255, zero point = round(−128 − lo / scale), so that 0 is an int8 value exactly. A
     * range that holds nothing but 0 gets scale 1.
     */
    Quantization int8() {
        float scale = (float) (width() / 255);
        if (!(scale >= Float.MIN_NORMAL)) {
            return Quantization.perTensor(1, 0);
        }
        long zeroPoint = Math.round(-128 - lo / scale);
        return Quantization.perTensor(scale, (int) Math.max(-128, Math.min(127, zeroPoint)));
    }
}
