package dev.junco.runtime.op;

import dev.junco.runtime.graph.Value;
import dev.junco.runtime.kernel.Rescaling;
import dev.junco.runtime.kernel.WidenedKernels;

/**
 * Where the exact sums of an int8 product become its result, some rows at a time while they are in the cache. A widened result is scaled in place, where the
 * sums were made; for one in bytes each worker has an array for its sums.
 */
final class QuantizedResult {
    private final Rescaling rescaling;
    private final int zeroPoint;
    private final ByteRef bytes;
    private final FloatRef floats;
    /** Distance of two rows of the result. */
    private final int stride;
    /** Distance of each row from the first, where they are not {@code stride} apart, else null. */
    private final int[] targets;

    private final float[][] sums;

    private QuantizedResult(
            Binding binding,
            Requantization scaling,
            Value y,
            int firstUnit,
            int mostRows,
            SumRange range,
            int[] targets) {
        this.rescaling = binding.shared(scaling.rescaling(range));
        this.zeroPoint = scaling.zeroPoint();
        this.stride = y.shape().dim(y.shape().rank() - 1);
        this.targets = targets;
        if (binding.isWidened(y)) {
            FloatRef to = binding.floats(y);
            this.floats = new FloatRef(to.array(), to.offset() + firstUnit);
            this.bytes = null;
            this.sums = null;
        } else {
            ByteRef to = binding.bytes(y);
            this.floats = null;
            this.bytes = new ByteRef(to.array(), to.offset() + firstUnit);
            this.sums = new float[binding.workers()][mostRows * scaling.channels()];
        }
    }

    /**
     * The result of a node, from unit {@code firstUnit} on, in rows of all units.
     *
     * @param mostRows that are made at a time
     * @param range of the sums
     */
    static QuantizedResult of(
            Binding binding, Requantization scaling, Value y, int firstUnit, int mostRows, SumRange range) {
        return new QuantizedResult(binding, scaling, y, firstUnit, mostRows, range, null);
    }

    /** A result in bytes whose rows lie where {@code targets} says. */
    static QuantizedResult scattered(
            Binding binding, Requantization scaling, Value y, int firstUnit, int mostRows, int[] targets) {
        return new QuantizedResult(binding, scaling, y, firstUnit, mostRows, SumRange.any(scaling.channels()), targets);
    }

    /** Whether sums are made where the result will lie. */
    boolean isInPlace() {
        return floats != null;
    }

    /** From sums to results, for kernels that do both; then {@link #narrow}. */
    Rescaling rescaling() {
        return rescaling;
    }

    /** Units of a row. */
    int channels() {
        return rescaling.channels();
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
    void finish(WidenedKernels kernels, int firstRow, int rows, int worker) {
        rescale(kernels, firstRow, 0, rows, 0, channels(), worker);
        narrow(kernels, firstRow, rows, worker);
    }

    /** Makes widened results of the units {@code [from, to)} in the rows {@code [fromRow, toRow)}, counted from {@code firstRow}; then {@link #narrow}. */
    void rescale(WidenedKernels kernels, int firstRow, int fromRow, int toRow, int from, int to, int worker) {
        int at = sumsAt(firstRow) + fromRow * sumsStride();
        kernels.rescale(rescaling, sums(worker), at, sumsStride(), toRow - fromRow, from, to);
    }

    /** The same where the sums of each row are only a part, to which {@code others} adds. */
    void finish(WidenedKernels kernels, int firstRow, int rows, int worker, int[] others) {
        float[] last = sums(worker);
        int n = channels();
        for (int row = 0; row < rows; row++) {
            int at = sumsAt(firstRow) + row * sumsStride();
            for (int c = 0; c < n; c++) {
                last[at + c] = rescaling.of(c, (int) last[at + c] + others[row * n + c]);
            }
        }
        narrow(kernels, firstRow, rows, worker);
    }

    /** Makes bytes of widened results, unless they may stay so. */
    void narrow(WidenedKernels kernels, int firstRow, int rows, int worker) {
        if (floats != null) {
            return;
        }
        int n = channels();
        if (stride == n && targets == null) {
            kernels.narrow(sums[worker], 0, zeroPoint, bytes.array(), bytes.offset() + firstRow * n, rows * n);
            return;
        }
        for (int row = 0; row < rows; row++) {
            int to = bytes.offset() + (targets == null ? (firstRow + row) * stride : targets[firstRow + row]);
            kernels.narrow(sums[worker], row * n, zeroPoint, bytes.array(), to, n);
        }
    }
}
