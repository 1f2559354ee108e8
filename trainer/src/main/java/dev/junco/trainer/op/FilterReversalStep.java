package dev.junco.trainer.op;

import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.Step;

/**
 * Lays convolution filters out for the way back: from {@code [unit][cell][channel]} to {@code [group][cell in another order][unit of the
 * group][channel]}. A unit of the step is a cell of a group.
 */
final class FilterReversalStep extends Step {
    private final FloatRef w;
    private final FloatRef filters;
    private final int[] order;
    private final int cells;
    private final int groups;
    private final int units;
    private final int channels;

    /**
     * A step.
     *
     * @param order the cells in their new order
     * @param cells cells of a filter
     * @param units output channels of a group
     * @param channels input channels of a group
     */
    FilterReversalStep(FloatRef w, FloatRef filters, int[] order, int cells, int groups, int units, int channels) {
        super((long) groups * units * cells * channels);
        this.w = w;
        this.filters = filters;
        this.order = order;
        this.cells = cells;
        this.groups = groups;
        this.units = units;
        this.channels = channels;
    }

    @Override
    public int units() {
        return groups * order.length;
    }

    @Override
    public void run(int from, int to, int worker) {
        for (int unit = from; unit < to; unit++) {
            int group = unit / order.length;
            int cell = order[unit % order.length];
            for (int u = 0; u < units; u++) {
                System.arraycopy(
                        w.array(),
                        w.offset() + ((group * units + u) * cells + cell) * channels,
                        filters.array(),
                        filters.offset() + (unit * units + u) * channels,
                        channels);
            }
        }
    }
}
