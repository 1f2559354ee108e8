package dev.junco.runtime.op;

import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.PoolKind;
import dev.junco.runtime.kernel.PoolGeometry;
import dev.junco.runtime.kernel.PoolingKernels;

/** Pooling of a batch of images; a unit is an output row. Exactly one of the float and the int8 operands is given. */
final class PoolStep extends Step {
    private final Binding binding;
    private final PoolKind kind;
    private final PoolGeometry g;
    private final int batch;
    private final FloatRef x;
    private final FloatRef y;
    private final ByteRef xBytes;
    private final ByteRef yBytes;
    private final Activation activation;
    private final float lo;
    private final float hi;

    PoolStep(Binding binding, PoolKind kind, PoolGeometry g, int batch, FloatRef x, FloatRef y, Activation activation) {
        this(binding, kind, g, batch, x, y, null, null, activation, activation.lower(), activation.upper());
    }

    /** The maximum of widened int8 values. */
    static PoolStep widenedMax(Binding binding, PoolGeometry g, int batch, FloatRef x, FloatRef y, float lo, float hi) {
        return new PoolStep(binding, PoolKind.MAX, g, batch, x, y, null, null, Activation.NONE, lo, hi);
    }

    PoolStep(Binding binding, PoolKind kind, PoolGeometry g, int batch, ByteRef x, ByteRef y, int lo, int hi) {
        this(binding, kind, g, batch, null, null, x, y, Activation.NONE, lo, hi);
    }

    private PoolStep(
            Binding binding,
            PoolKind kind,
            PoolGeometry g,
            int batch,
            FloatRef x,
            FloatRef y,
            ByteRef xBytes,
            ByteRef yBytes,
            Activation activation,
            float lo,
            float hi) {
        super((long) batch * g.outputHeight() * g.outputWidth() * g.channels() * g.windowHeight() * g.windowWidth());
        this.binding = binding;
        this.kind = kind;
        this.g = g;
        this.batch = batch;
        this.x = x;
        this.y = y;
        this.xBytes = xBytes;
        this.yBytes = yBytes;
        this.activation = activation;
        this.lo = lo;
        this.hi = hi;
    }

    /** The kernels' view of a pooling window. */
    static PoolGeometry geometry(WindowGeometry g, boolean countPadding) {
        return new PoolGeometry(
                g.inputHeight(),
                g.inputWidth(),
                g.channels(),
                g.outputHeight(),
                g.outputWidth(),
                g.kernelHeight(),
                g.kernelWidth(),
                g.strideH(),
                g.strideW(),
                g.padTop(),
                g.padLeft(),
                countPadding);
    }

    @Override
    public Object kernel() {
        return binding.kernels().kernels().pooling();
    }

    @Override
    public int units() {
        return batch * g.outputHeight();
    }

    @Override
    public void run(int from, int to, int worker) {
        int unit = from;
        while (unit < to) {
            int image = unit / g.outputHeight();
            int row = unit % g.outputHeight();
            int endRow = Math.min(g.outputHeight(), row + to - unit);
            int source = image * g.inputHeight() * g.inputWidth() * g.channels();
            int target = image * g.outputHeight() * g.outputWidth() * g.channels();
            PoolingKernels kernels = binding.kernels().kernels().pooling();
            if (xBytes != null) {
                runInt8(kernels, row, endRow, source, target);
            } else {
                runFloat(kernels, row, endRow, source, target);
            }
            unit += endRow - row;
        }
    }

    private void runInt8(PoolingKernels kernels, int row, int endRow, int source, int target) {
        int from = xBytes.offset() + source;
        int to = yBytes.offset() + target;
        if (kind == PoolKind.MAX) {
            kernels.maxPoolI8(g, row, endRow, xBytes.array(), from, yBytes.array(), to, (int) lo, (int) hi);
        } else {
            kernels.averagePoolI8(g, row, endRow, xBytes.array(), from, yBytes.array(), to, (int) lo, (int) hi);
        }
    }

    private void runFloat(PoolingKernels kernels, int row, int endRow, int source, int target) {
        int from = x.offset() + source;
        int to = y.offset() + target;
        if (kind == PoolKind.MAX) {
            kernels.maxPool(g, row, endRow, x.array(), from, y.array(), to, lo, hi);
        } else {
            kernels.averagePool(g, row, endRow, x.array(), from, y.array(), to, lo, hi);
        }
        if (!activation.isClamp()) {
            int rowLength = g.outputWidth() * g.channels();
            int first = to + row * rowLength;
            ActivationStep.apply(
                    binding.kernels().kernels().elementwise(),
                    activation,
                    y.array(),
                    first,
                    y.array(),
                    first,
                    (endRow - row) * rowLength);
        }
    }
}
