package dev.junco.trainer.op;

import dev.junco.runtime.graph.attributes.PoolKind;
import dev.junco.runtime.op.Binding;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.Step;
import dev.junco.runtime.op.WindowGeometry;
import dev.junco.trainer.kernel.GradientKernels;
import dev.junco.trainer.kernel.TrainingKernels;
import java.util.Arrays;

/** The gradient of pooling, window by window in their order; a unit is an image. */
final class PoolGradientStep extends Step {
    private final GradientKernels kernels = TrainingKernels.fastest().gradient();
    private final Binding binding;
    private final PoolGradient attributes;
    private final WindowGeometry g;
    private final FloatRef x;
    private final FloatRef dz;
    private final FloatRef dx;
    private final boolean apart;
    private final boolean covered;

    PoolGradientStep(Binding binding, PoolGradient attributes, WindowGeometry g, FloatRef x, FloatRef dz, FloatRef dx) {
        super((long) g.batch()
                * g.outputHeight()
                * g.outputWidth()
                * g.kernelHeight()
                * g.kernelWidth()
                * g.channels());
        this.binding = binding;
        this.attributes = attributes;
        this.g = g;
        this.x = x;
        this.dz = dz;
        this.dx = dx;
        this.apart = g.strideH() >= g.kernelHeight() && g.strideW() >= g.kernelWidth();
        this.covered = g.strideH() == g.kernelHeight()
                && g.strideW() == g.kernelWidth()
                && g.outputHeight() * g.strideH() >= g.inputHeight() + g.padTop()
                && g.outputWidth() * g.strideW() >= g.inputWidth() + g.padLeft();
    }

    @Override
    public int units() {
        return g.batch();
    }

    @Override
    public void run(int from, int to, int worker) {
        int imageElements = g.inputHeight() * g.inputWidth() * g.channels();
        boolean overwrites = attributes.kind() == PoolKind.MAX && apart;
        for (int image = from; image < to; image++) {
            int at = image * imageElements;
            if (!overwrites || !covered) {
                Arrays.fill(dx.array(), dx.offset() + at, dx.offset() + at + imageElements, 0f);
            }
            for (int oy = 0; oy < g.outputHeight(); oy++) {
                for (int ox = 0; ox < g.outputWidth(); ox++) {
                    window(image, oy, ox, at, overwrites);
                }
            }
        }
    }

    private void window(int image, int oy, int ox, int imageStart, boolean overwrites) {
        int top = oy * g.strideH() - g.padTop();
        int left = ox * g.strideW() - g.padLeft();
        int fromY = Math.max(top, 0);
        int fromX = Math.max(left, 0);
        int rows = Math.min(top + g.kernelHeight(), g.inputHeight()) - fromY;
        int columns = Math.min(left + g.kernelWidth(), g.inputWidth()) - fromX;
        int channels = g.channels();
        int at = imageStart + (fromY * g.inputWidth() + fromX) * channels;
        int from = dz.offset() + ((image * g.outputHeight() + oy) * g.outputWidth() + ox) * channels;
        if (attributes.kind() == PoolKind.MAX) {
            kernels.maxPoolWindow(
                    x.array(),
                    x.offset() + at,
                    dx.array(),
                    dx.offset() + at,
                    g.inputWidth() * channels,
                    rows,
                    columns,
                    dz.array(),
                    from,
                    channels,
                    attributes.through().lower(),
                    attributes.through().upper(),
                    !overwrites);
        } else {
            share(from, at, rows, columns);
        }
    }

    private void share(int from, int at, int rows, int columns) {
        int channels = g.channels();
        float share = 1f / (attributes.countPadding() ? g.kernelHeight() * g.kernelWidth() : rows * columns);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int into = dx.offset() + at + (row * g.inputWidth() + column) * channels;
                binding.kernels().kernels().elementwise().axpy(share, dz.array(), from, dx.array(), into, channels);
            }
        }
    }
}
