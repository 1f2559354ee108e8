package dev.junco.runtime.op;

import dev.junco.runtime.graph.Value;
import dev.junco.runtime.kernel.QuantizedKernels;
import dev.junco.runtime.kernel.Rescaling;

/**
 * Where the exact sums of an int8 product become its result, some rows at a time while they are in the cache. A widened result is scaled in place, where the
 * sums were made; for one in bytes each worker has an array for its sums.
 */
final class QuantizedResult {
    /** Of int8 values, one of them without its zero point. */
    private static final long LARGEST_PRODUCT = 255 * 255;

    private final Requantization scaling;
    private final ByteRef bytes;
    private final FloatRef floats;
    /** For a widened result. */
    private final Rescaling rescaling;
    /** Distance of two rows of the result. */
    private final int stride;
    /** Distance of each row from the first, where they are not {@code stride} apart, else null. */
    private final int[] targets;

    private final float[][] sums;

    private QuantizedResult(
            Requantization scaling,
            ByteRef bytes,
            FloatRef floats,
            Rescaling rescaling,
            int stride,
            int[] targets,
            float[][] sums) {
        this.scaling = scaling;
        this.bytes = bytes;
        this.floats = floats;
        this.rescaling = rescaling;
        this.stride = stride;
        this.targets = targets;
        this.sums = sums;
    }

    /**
     * The result of a node, from unit {@code firstUnit} on, in rows of all units.
     *
     * @param mostRows that are made at a time
     * @param depth products of a sum
     */
    static QuantizedResult of(
            Binding binding, Requantization scaling, Value y, int firstUnit, int mostRows, int depth) {
        int stride = y.shape().dim(y.shape().rank() - 1);
        if (binding.isWidened(y)) {
            FloatRef to = binding.floats(y);
            FloatRef first = new FloatRef(to.array(), to.offset() + firstUnit);
            long largestSum = Math.min(1 << 24, LARGEST_PRODUCT * depth);
            return new QuantizedResult(scaling, null, first, scaling.widened(largestSum), stride, null, null);
        }
        return scattered(binding, scaling, y, firstUnit, mostRows, null);
    }

    /** A result in bytes whose rows lie where {@code targets} says; null for one behind the other. */
    static QuantizedResult scattered(
            Binding binding, Requantization scaling, Value y, int firstUnit, int mostRows, int[] targets) {
        ByteRef to = binding.bytes(y);
        return new QuantizedResult(
                scaling,
                new ByteRef(to.array(), to.offset() + firstUnit),
                null,
                null,
                y.shape().dim(y.shape().rank() - 1),
                targets,
                new float[binding.workers()][mostRows * scaling.channels()]);
    }

    /** Whether sums are made where the result will lie. */
    boolean isInPlace() {
        return floats != null;
    }

    /** Units of a row. */
    int channels() {
        return scaling.channels();
    }

    /** What each unit's sum is added to. */
    int[] bias() {
        return scaling.bias();
    }

    /** Where a worker makes its sums. */
    float[] sums(int worker) {
        return floats == null ? sums[worker] : floats.array();
    }

    /** The first sum of the rows that begin with {@code firstRow}. */
    int sumsAt(int firstRow) {
        return floats == null ? 0 : floats.offset() + firstRow * stride;
    }

    /** Distance of two rows of sums. */
    int sumsStride() {
        return floats == null ? channels() : stride;
    }

    /** Makes the result of {@code rows} rows from {@code firstRow} on, whose sums are there. */
    void finish(QuantizedKernels kernels, int firstRow, int rows, int worker) {
        if (floats != null) {
            kernels.rescale(rescaling, floats.array(), sumsAt(firstRow), stride, rows, 0, channels());
        } else if (stride == channels() && targets == null) {
            int to = bytes.offset() + firstRow * stride;
            scaling.apply(kernels, sums[worker], 0, rows, scaling.bias(), bytes.array(), to);
        } else {
            for (int row = 0; row < rows; row++) {
                finishRow(kernels, firstRow, row, scaling.bias(), worker);
            }
        }
    }

    /** Makes the result of one row, {@code row} rows after {@code firstRow}, with a bias of its own instead of the channels'. */
    void finishRow(QuantizedKernels kernels, int firstRow, int row, int[] bias, int worker) {
        if (floats != null) {
            int at = sumsAt(firstRow + row);
            for (int c = 0; c < bias.length; c++) {
                floats.array()[at + c] = rescaling.ofBiased(c, (int) floats.array()[at + c] + bias[c]);
            }
            return;
        }
        int to = bytes.offset() + (targets == null ? (firstRow + row) * stride : targets[firstRow + row]);
        scaling.apply(kernels, sums[worker], row * channels(), 1, bias, bytes.array(), to);
    }
}
