package dev.junco.runtime.op;

import dev.junco.runtime.kernel.KernelSource;
import dev.junco.runtime.kernel.WidenedKernels;
import java.util.Arrays;

/**
 * Turns int8 images into float integers without their zero point, inside a frame of zeros where windows need one; a unit
 * is a row of the result.
 */
final class ExpandImageStep extends Step {
    private final KernelSource kernels;
    private final WindowGeometry g;
    private final ByteRef x;
    private final int zeroPoint;
    private final FloatRef y;

    ExpandImageStep(KernelSource kernels, WindowGeometry g, ByteRef x, int zeroPoint, FloatRef y) {
        super((long) g.batch() * g.rowCount() * g.rowPixels() * g.channels());
        this.kernels = kernels;
        this.g = g;
        this.x = x;
        this.zeroPoint = zeroPoint;
        this.y = y;
    }

    @Override
    public Object kernel() {
        return kernels.kernels().widened();
    }

    @Override
    public int units() {
        return g.batch() * g.rowCount();
    }

    @Override
    public void run(int from, int to, int worker) {
        WidenedKernels widened = kernels.kernels().widened();
        boolean padding = g.needsPadding();
        int channels = g.channels();
        int height = g.rowCount();
        int rowLength = g.rowPixels() * channels;
        int top = padding ? g.padTop() : 0;
        int left = padding ? g.padLeft() * channels : 0;
        int copied = Math.min(g.inputWidth() * channels, rowLength - left);
        for (int unit = from; unit < to; unit++) {
            int sourceRow = unit % height - top;
            int row = y.offset() + unit * rowLength;
            if (sourceRow < 0 || sourceRow >= g.inputHeight()) {
                Arrays.fill(y.array(), row, row + rowLength, 0f);
                continue;
            }
            int source = x.offset() + (unit / height * g.inputHeight() + sourceRow) * g.inputWidth() * channels;
            Arrays.fill(y.array(), row, row + left, 0f);
            widened.expand(x.array(), source, zeroPoint, y.array(), row + left, copied);
            Arrays.fill(y.array(), row + left + copied, row + rowLength, 0f);
        }
    }
}
