package dev.junco.trainer.op;

import dev.junco.runtime.kernel.PackedMatrix;
import dev.junco.runtime.kernel.RowSource;
import dev.junco.runtime.op.Binding;
import dev.junco.runtime.op.PackedWeights;
import dev.junco.runtime.op.Step;
import dev.junco.trainer.kernel.GradientKernels;
import dev.junco.trainer.kernel.TrainingKernels;

/** One phase of a transposed convolution: a product, and the activation's derivative while its rows are near. A unit is a block of a run. */
final class PhaseProductStep extends Step {
    /** A multiple of every register tile's height. */
    private static final int BLOCK = 96;

    private final GradientKernels kernels = TrainingKernels.fastest().gradient();
    private final Binding binding;
    private final RowSource a;
    private final PackedWeights b;
    private final PhaseTarget target;
    private final int blocks;
    private final float[] zeros;

    PhaseProductStep(Binding binding, RowSource a, PackedWeights b, PhaseTarget target) {
        super((long) a.m() * a.k() * target.channels());
        this.binding = binding;
        this.a = a;
        this.b = b;
        this.target = target;
        this.blocks = (target.run() + BLOCK - 1) / BLOCK;
        this.zeros = new float[target.channels()];
    }

    @Override
    public int units() {
        return target.runs() * blocks;
    }

    @Override
    public void run(int from, int to, int worker) {
        PackedMatrix matrix = b.matrix();
        for (int unit = from; unit < to; unit++) {
            int index = unit / blocks;
            int first = unit % blocks * BLOCK;
            int end = Math.min(first + BLOCK, target.run());
            int row = index * target.run();
            int stride = target.pixelStride();
            // Row r of the product belongs at start + (r − row) · stride.
            int start = target.dx().offset() + target.starts()[index] - row * stride;
            matrix.multiply(
                    a,
                    row + first,
                    row + end,
                    0,
                    matrix.columnBlocks(),
                    zeros,
                    0,
                    0,
                    target.dx().array(),
                    start,
                    stride,
                    Float.NEGATIVE_INFINITY,
                    Float.POSITIVE_INFINITY,
                    binding.workspace(worker));
            target.applyActivation(kernels, index, first, end);
        }
    }
}
