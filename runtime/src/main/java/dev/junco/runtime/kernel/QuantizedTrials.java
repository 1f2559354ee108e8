package dev.junco.runtime.kernel;

import java.util.List;

/** A problem for each int8 kernel: two vectors and a rest where tiny. */
final class QuantizedTrials {
    private static final QuantizedSum SUM = QuantizedSum.of(0.1f, 3, 0.2f, -5, 0.3f, 1, -128, 127);

    private static final QuantizedProduct PRODUCT = QuantizedProduct.of(0.1f, 3, 0.2f, -5, 0.3f, 1, -128, 127);
    private static final QuantizedSoftmax SOFTMAX = QuantizedSoftmax.of(0.1f, 1);

    static final List<KernelTrial.Problem> PROBLEMS = List.of(
            problem((k, b) -> k.lookup(b.x, 0, b.table, b.y, 0, b.n)),
            problem((k, b) -> k.quantize(b.floats, 0, 0.1f, 3, b.y, 0, b.n)),
            problem((k, b) -> k.dequantize(b.x, 0, 0.1f, 3, b.floats, 0, b.n)),
            problem((k, b) -> k.add(SUM, b.x, 0, b.x, 0, b.y, 0, b.n)),
            problem((k, b) -> k.subtract(SUM, b.x, 0, b.x, 0, b.y, 0, b.n)),
            problem((k, b) -> k.multiply(PRODUCT, b.x, 0, b.x, 0, b.y, 0, b.n)),
            problem((k, b) -> k.softmax(SOFTMAX, b.x, 0, b.y, 0, 1, b.n)));

    private QuantizedTrials() {}

    private interface Call {
        void run(QuantizedKernels kernels, Buffers buffers);
    }

    private static final class Buffers {
        final int n;
        final byte[] x;
        final byte[] y;
        final float[] floats;
        final byte[] table = new byte[256];

        Buffers(int n) {
            this.n = n;
            x = new byte[n];
            y = new byte[n];
            floats = new float[n];
        }
    }

    private static KernelTrial.Problem problem(Call call) {
        return (kernels, size) -> {
            Buffers buffers =
                    new Buffers(size == KernelTrial.Size.MODERATE ? 1003 : size == KernelTrial.Size.TINY ? 67 : 0);
            return times -> {
                for (int i = 0; i < times; i++) {
                    call.run(kernels.quantized(), buffers);
                }
            };
        };
    }
}
