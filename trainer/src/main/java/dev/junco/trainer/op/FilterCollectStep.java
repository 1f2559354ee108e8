package dev.junco.trainer.op;

import dev.junco.runtime.kernel.ElementwiseKernels;
import dev.junco.runtime.op.Binding;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.Step;

/**
 * Adds up the parts of a convolution's weight gradient, in their order, and puts the sums where the weights lie: from
 * {@code [groups][depth][units / groups]} to {@code [units][depth]}. A unit is a block of filter elements of a group; one more is the bias.
 */
final class FilterCollectStep extends Step {
    private static final int ROWS = 16;

    private final Binding binding;
    private final FilterSums sums;
    private final FloatRef partial;
    private final FloatRef dw;
    private final FloatRef db;
    private final int blocks;

    /** A step; {@code db} is null where the bias is not wanted. */
    FilterCollectStep(Binding binding, FilterSums sums, FloatRef partial, FloatRef dw, FloatRef db) {
        super((long) sums.elements() + sums.partElements());
        this.binding = binding;
        this.sums = sums;
        this.partial = partial;
        this.dw = dw;
        this.db = db;
        this.blocks = (sums.depth() + ROWS - 1) / ROWS;
    }

    @Override
    public int units() {
        return sums.groups() * blocks + (db == null ? 0 : 1);
    }

    @Override
    public void run(int from, int to, int worker) {
        for (int unit = from; unit < to; unit++) {
            if (unit == sums.groups() * blocks) {
                int at = add(sums.depth() * sums.units(), sums.units());
                System.arraycopy(partial.array(), at, db.array(), db.offset(), sums.units());
            } else {
                collect(unit / blocks, unit % blocks * ROWS);
            }
        }
    }

    private void collect(int group, int row) {
        int units = sums.unitsOfGroup();
        int depth = sums.depth();
        int rows = Math.min(ROWS, depth - row);
        int at = add((group * depth + row) * units, rows * units);
        for (int u = 0; u < units; u++) {
            int into = dw.offset() + (group * units + u) * depth + row;
            for (int r = 0; r < rows; r++) {
                dw.array()[into + r] = partial.array()[at + r * units + u];
            }
        }
    }

    /** Adds the same n elements of all parts into the first part; returns where they lie. */
    private int add(int offset, int n) {
        ElementwiseKernels kernels = binding.kernels().kernels().elementwise();
        float[] x = partial.array();
        int at = partial.offset() + offset;
        for (int part = 1; part < sums.pixels().parts(); part++) {
            kernels.add(x, at, x, at + part * sums.partElements(), x, at, n);
        }
        return at;
    }
}
