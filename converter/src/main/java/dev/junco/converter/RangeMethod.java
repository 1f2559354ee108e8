package dev.junco.converter;

/** How the range of an activation that 256 steps have to cover is chosen from what calibration has seen. */
public enum RangeMethod {
    /** Smallest to largest value seen: nothing is clipped, one outlier makes all steps coarse. */
    MIN_MAX,
    /** Leaves out one value in 10,000 at each end. */
    PERCENTILE,
    /** The range with the least mean squared error of rounding and clipping together, over a histogram of all values seen. */
    LEAST_SQUARES
}
