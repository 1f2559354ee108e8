package dev.junco.trainer.op;

import dev.junco.runtime.kernel.Kernels;
import dev.junco.runtime.kernel.RowSource;
import dev.junco.runtime.op.Binding;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.Step;
import java.util.Arrays;

/**
 * Sums of a convolution's weight gradient over the pixels of each part: windowsᵀ · dz. A unit is a block of rows (filter elements) of
 * one part; its first block also sums the bias.
 */
final class FilterProductStep extends Step {
    private static final int ROWS = 48;

    /** Units that keep all cores busy; more would only read dz more often. */
    private static final int ENOUGH_UNITS = 8;

    private final Binding binding;
    private final FilterSums sums;
    private final RowSource[] windows;
    private final FloatRef dz;
    private final FloatRef partial;
    private final int rows;
    private final int blocks;

    /**
     * A step.
     *
     * @param windows the windows of each group: a row is an output pixel
     * @param partial receives the sums, see {@link FilterSums}
     */
    FilterProductStep(Binding binding, FilterSums sums, RowSource[] windows, FloatRef dz, FloatRef partial) {
        super((long) sums.pixels().length() * sums.depth() * sums.units());
        this.binding = binding;
        this.sums = sums;
        this.windows = windows;
        this.dz = dz;
        this.partial = partial;
        this.rows = sums.pixels().parts() >= ENOUGH_UNITS ? sums.depth() : ROWS;
        this.blocks = (sums.depth() + rows - 1) / rows;
    }

    @Override
    public int units() {
        return sums.pixels().parts() * blocks;
    }

    @Override
    public void run(int from, int to, int worker) {
        for (int unit = from; unit < to; unit++) {
            int part = unit / blocks;
            int first = sums.pixels().start(part);
            int end = sums.pixels().start(part + 1);
            int into = partial.offset() + part * sums.partElements();
            int row = unit % blocks * rows;
            int endRow = Math.min(row + rows, sums.depth());
            for (int group = 0; group < sums.groups(); group++) {
                product(group, row, endRow, first, end, into, worker);
            }
            if (row == 0) {
                sumBias(first, end, into + sums.depth() * sums.units());
            }
        }
    }

    private void product(int group, int row, int endRow, int first, int end, int part, int worker) {
        int units = sums.unitsOfGroup();
        int into = part + group * sums.depth() * units;
        Arrays.fill(partial.array(), into + row * units, into + endRow * units, 0f);
        binding.kernels()
                .kernels()
                .gemm()
                .multiplyTransposed(
                        windows[group],
                        row,
                        endRow,
                        first,
                        end,
                        dz.array(),
                        dz.offset() + group * units,
                        sums.units(),
                        units,
                        partial.array(),
                        into,
                        units,
                        binding.workspace(worker));
    }

    private void sumBias(int first, int end, int into) {
        Kernels kernels = binding.kernels().kernels();
        int units = sums.units();
        Arrays.fill(partial.array(), into, into + units, 0f);
        kernels.reduction()
                .addColumns(dz.array(), dz.offset() + first * units, end - first, units, partial.array(), into);
    }
}
