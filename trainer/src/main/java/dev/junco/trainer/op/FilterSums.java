package dev.junco.trainer.op;

/**
 * How the weight gradient of a convolution is summed over pixels: in parts, each with sums {@code [groups][depth][units / groups]} for the weights
 * and then {@code [units]} for the bias.
 *
 * @param pixels the output pixels of the batch, in parts
 * @param depth filter elements of a unit
 * @param units of all groups
 * @param groups of channels
 */
record FilterSums(Partition pixels, int depth, int units, int groups) {
    /** Pixels of a part at least: below, adding up the parts would cost more than it helps. */
    private static final int LEAST_PIXELS = 512;

    /** Elements of all parts together at most. */
    private static final int MOST_ELEMENTS = 1 << 21;

    static FilterSums of(int pixels, int depth, int units, int groups) {
        int fitting = Math.max(1, MOST_ELEMENTS / ((depth + 1) * units));
        Partition partition = Partition.of(pixels, LEAST_PIXELS);
        return new FilterSums(new Partition(pixels, Math.min(partition.parts(), fitting)), depth, units, groups);
    }

    /** Units of one group. */
    int unitsOfGroup() {
        return units / groups;
    }

    /** Elements of one part. */
    int partElements() {
        return (depth + 1) * units;
    }

    /** Elements of all parts. */
    int elements() {
        return pixels.parts() * partElements();
    }
}
