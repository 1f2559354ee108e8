package dev.junco.runtime.kernel;

import java.util.Arrays;
import java.util.List;

/** A problem for each int8 kernel: two vectors and a rest where tiny. */
final class QuantizedTrials {
    private static final QuantizedSum SUM = QuantizedSum.of(0.1f, 3, 0.2f, -5, 0.3f, 1, -128, 127);
    private static final QuantizedSum HALVES = QuantizedSum.of(0.5f, 0, 0.5f, 0, 1f, 0, -128, 127);

    /** Values that are in doubt: one vector of the widest. */
    private static final int DOUBTFUL = 16;

    private static final QuantizedProduct PRODUCT = QuantizedProduct.of(0.1f, 3, 0.2f, -5, 0.3f, 1, -128, 127);
    private static final QuantizedSoftmax SOFTMAX = QuantizedSoftmax.of(0.1f, 1);

    static final List<KernelTrial.Problem> PROBLEMS = List.of(
            problem((k, b) -> k.expand(b.x, 0, 3, b.floats, 0, b.n)),
            problem((k, b) -> k.narrow(b.floats, 0, 3, b.y, 0, b.n)),
            rescale(0),
            rescale(-128),
            add(),
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
        final int[] ints;
        final int[] multipliers;
        final int[] shifts;
        final byte[] table = new byte[256];

        Buffers(int n) {
            this.n = n;
            x = new byte[n];
            y = new byte[n];
            floats = new float[n];
            ints = new int[n];
            multipliers = new int[n];
            shifts = new int[n];
            Arrays.fill(multipliers, 1 << 30);
            Arrays.fill(shifts, -3);
        }
    }

    /**
     * Sums to results that are bounded from below; negative ones take a loop of their own. Idle calls work as tiny ones do: compiled from calls with nothing to
     * do, these loops kept their vectors as objects.
     */
    private static KernelTrial.Problem rescale(int lo) {
        return (kernels, size) -> {
            QuantizedKernels k = kernels.quantized();
            int r = size == KernelTrial.Size.MODERATE ? 17 : 5;
            int n = size == KernelTrial.Size.MODERATE ? 67 : 35;
            int stride = n + 1; // rows one behind the other would be taken together
            Buffers b = new Buffers(r * stride);
            // estimates of the first channels lie at a half: the paths for doubts have to be compiled as well
            int[] bias = new int[n];
            Arrays.fill(bias, 0, DOUBTFUL, 7);
            Rescaling scaling =
                    new Rescaling(bias, Arrays.copyOf(b.multipliers, n), Arrays.copyOf(b.shifts, n), lo, 127, 1 << 20);
            return () -> k.rescale(scaling, b.floats, 0, stride, r, 0, n);
        };
    }

    /** Sums of widened values, the first of which lie at a half. */
    private static KernelTrial.Problem add() {
        return (kernels, size) -> {
            QuantizedKernels k = kernels.quantized();
            int n = size == KernelTrial.Size.MODERATE ? 1003 : 131;
            float[] a = new float[n];
            float[] b = new float[n];
            float[] z = new float[n];
            Arrays.fill(b, 0, DOUBTFUL, 1f);
            return () -> k.add(HALVES, a, 0, b, 0, z, 0, n);
        };
    }

    private static KernelTrial.Problem problem(Call call) {
        return (kernels, size) -> {
            Buffers buffers =
                    new Buffers(size == KernelTrial.Size.MODERATE ? 1003 : size == KernelTrial.Size.TINY ? 67 : 0);
            return () -> call.run(kernels.quantized(), buffers);
        };
    }
}
