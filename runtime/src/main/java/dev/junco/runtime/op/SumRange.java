package dev.junco.runtime.op;

import java.util.Arrays;

/**
 * Between which sums the int8 products of each unit lie, whatever the input is: each weight meets the one or the other end of what an input value can be without its
 * zero point, or 0 where a window lies beyond the image.
 *
 * @param lowest one a unit
 * @param highest one a unit
 */
record SumRange(int[] lowest, int[] highest) {
    /** That float32 arithmetic gives exactly. */
    private static final int LIMIT = 1 << 24;

    /** The range of float32 integers, for units of whose weights nothing is known. */
    static SumRange any(int units) {
        int[] lowest = new int[units];
        int[] highest = new int[units];
        Arrays.fill(lowest, -LIMIT);
        Arrays.fill(highest, LIMIT);
        return new SumRange(lowest, highest);
    }

    /**
     * From weights.
     *
     * @param inputZeroPoint of the values that are multiplied
     * @param first the first weight of the first unit
     * @param unitStride distance of the weights of two units
     * @param depth weights of a unit
     * @param stride distance of two weights of a unit
     */
    static SumRange of(
            int inputZeroPoint,
            byte[] weights,
            int weightsZeroPoint,
            int first,
            int units,
            int unitStride,
            int depth,
            int stride) {
        int[] lowest = new int[units];
        int[] highest = new int[units];
        for (int unit = 0; unit < units; unit++) {
            long positive = 0;
            long negative = 0;
            for (int p = 0; p < depth; p++) {
                int w = weights[first + unit * unitStride + p * stride] - weightsZeroPoint;
                if (w > 0) {
                    positive += w;
                } else {
                    negative += w;
                }
            }
            long least = -128 - inputZeroPoint;
            long most = 127 - inputZeroPoint;
            lowest[unit] = (int) Math.max(-LIMIT, positive * least + negative * most);
            highest[unit] = (int) Math.min(LIMIT, positive * most + negative * least);
        }
        return new SumRange(lowest, highest);
    }
}
