package dev.junco.trainer.op;

import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.WindowGeometry;
import dev.junco.trainer.kernel.GradientKernels;

/**
 * Where the rows of a phase's product go: each row to the pixel of its position. Pixels at equal distances form a run; without
 * strides the whole batch is one.
 *
 * @param run pixels of a run
 * @param runs number of runs
 * @param pixelStride distance of two pixels of a run
 * @param starts first element of each run
 * @param dx the gradient image
 * @param channels written at each pixel
 * @param x what the activation's derivative is told from, laid out as dx; null without activation
 * @param through the activation
 */
record PhaseTarget(
        int run, int runs, int pixelStride, int[] starts, FloatRef dx, int channels, FloatRef x, Activation through) {
    PhaseTarget(
            WindowGeometry g,
            Phase row,
            Phase column,
            FloatRef dx,
            int firstChannel,
            int channels,
            FloatRef x,
            Activation through) {
        this(
                isWhole(g) ? g.batch() * g.inputHeight() * g.inputWidth() : column.count(),
                isWhole(g) ? 1 : g.batch() * row.count(),
                g.strideW() * g.channels(),
                starts(g, row, column, firstChannel),
                dx,
                channels,
                x,
                through);
    }

    private static boolean isWhole(WindowGeometry g) {
        return g.strideH() == 1 && g.strideW() == 1;
    }

    private static int[] starts(WindowGeometry g, Phase row, Phase column, int firstChannel) {
        int[] starts = new int[isWhole(g) ? 1 : g.batch() * row.count()];
        for (int i = 0; i < starts.length; i++) {
            int y = row.first() + i % row.count() * g.strideH();
            int line = i / row.count() * g.inputHeight() + y;
            starts[i] = (line * g.inputWidth() + column.first()) * g.channels() + firstChannel;
        }
        return starts;
    }

    /** Multiplies the pixels {@code [from, to)} of a run by the activation's derivative. */
    void applyActivation(GradientKernels kernels, int index, int from, int to) {
        if (through == Activation.NONE) {
            return;
        }
        if (pixelStride == channels) {
            int first = starts[index] + from * channels;
            ActivationGradientStep.apply(kernels, through, dx, x, dx, first, (to - from) * channels);
            return;
        }
        for (int pixel = from; pixel < to; pixel++) {
            ActivationGradientStep.apply(kernels, through, dx, x, dx, starts[index] + pixel * pixelStride, channels);
        }
    }
}
