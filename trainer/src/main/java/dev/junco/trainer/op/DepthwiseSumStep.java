package dev.junco.trainer.op;

import dev.junco.runtime.op.Binding;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.Step;
import dev.junco.runtime.op.WindowGeometry;
import dev.junco.trainer.kernel.ChannelKernels;
import dev.junco.trainer.kernel.TrainingKernels;
import java.util.Arrays;

/** Sums of a depthwise convolution's weight gradient: {@code [cells][units]}, then the bias, for each part of the batch. A unit is a part. */
final class DepthwiseSumStep extends Step {
    private final ChannelKernels kernels = TrainingKernels.fastest().channel();
    private final Binding binding;
    private final WindowGeometry g;
    private final FilterSums sums;
    private final FloatRef x;
    private final FloatRef dz;
    private final FloatRef partial;

    DepthwiseSumStep(Binding binding, WindowGeometry g, FilterSums sums, FloatRef x, FloatRef dz, FloatRef partial) {
        super((long) g.batch() * g.outputHeight() * g.outputWidth() * sums.units() * sums.depth());
        this.binding = binding;
        this.g = g;
        this.sums = sums;
        this.x = x;
        this.dz = dz;
        this.partial = partial;
    }

    @Override
    public int units() {
        return sums.pixels().parts();
    }

    @Override
    public void run(int from, int to, int worker) {
        int pixels = g.outputHeight() * g.outputWidth();
        for (int part = from; part < to; part++) {
            int into = partial.offset() + part * sums.partElements();
            Arrays.fill(partial.array(), into, into + sums.partElements(), 0f);
            int first = sums.pixels().start(part);
            int end = sums.pixels().start(part + 1);
            for (int image = first; image < end; image++) {
                for (int oy = 0; oy < g.outputHeight(); oy++) {
                    for (int cell = 0; cell < sums.depth(); cell++) {
                        row(image, oy, cell, into + cell * sums.units());
                    }
                }
            }
            int bias = into + sums.depth() * sums.units();
            binding.kernels()
                    .kernels()
                    .reduction()
                    .addColumns(
                            dz.array(),
                            dz.offset() + first * pixels * sums.units(),
                            (end - first) * pixels,
                            sums.units(),
                            partial.array(),
                            bias);
        }
    }

    private void row(int image, int oy, int cell, int into) {
        int first = CellRun.first(g, cell);
        int count = CellRun.end(g, cell) - first;
        int pixel = CellRun.pixel(g, image, oy, first, cell);
        if (pixel < 0 || count <= 0) {
            return;
        }
        int units = sums.units();
        int from = x.offset() + pixel * g.channels();
        int stride = g.strideW() * g.channels();
        int gradient = dz.offset() + ((image * g.outputHeight() + oy) * g.outputWidth() + first) * units;
        if (units == g.channels()) {
            kernels.addRowProducts(
                    x.array(), from, stride, dz.array(), gradient, units, count, units, partial.array(), into);
            return;
        }
        int multiplier = units / g.channels();
        for (int i = 0; i < count; i++) {
            for (int u = 0; u < units; u++) {
                float at = x.array()[from + i * stride + u / multiplier];
                partial.array()[into + u] =
                        Math.fma(at, dz.array()[gradient + i * units + u], partial.array()[into + u]);
            }
        }
    }
}
