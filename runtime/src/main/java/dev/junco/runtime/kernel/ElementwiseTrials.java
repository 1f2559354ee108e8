package dev.junco.runtime.kernel;

import java.util.Arrays;
import java.util.List;

/** A problem for each elementwise kernel: two vectors and a rest where tiny. */
final class ElementwiseTrials {
    static final List<KernelTrial.Problem> PROBLEMS = List.of(
            unary((k, x, y, n) -> k.clamp(x, 0, y, 0, n, 0, 6)),
            unary((k, x, y, n) -> k.leakyRelu(x, 0, y, 0, n, 0.1f)),
            unary((k, x, y, n) -> k.exp(x, 0, y, 0, n)),
            unary((k, x, y, n) -> k.sigmoid(x, 0, y, 0, n)),
            unary((k, x, y, n) -> k.tanh(x, 0, y, 0, n)),
            unary((k, x, y, n) -> k.add(x, 0, x, 0, y, 0, n)),
            unary((k, x, y, n) -> k.subtract(x, 0, x, 0, y, 0, n)),
            unary((k, x, y, n) -> k.multiply(x, 0, x, 0, y, 0, n)),
            unary((k, x, y, n) -> k.addScalar(x, 0, 2, y, 0, n)),
            unary((k, x, y, n) -> k.subtractFromScalar(2, x, 0, y, 0, n)),
            unary((k, x, y, n) -> k.multiplyScalar(x, 0, 2, y, 0, n)),
            unary((k, x, y, n) -> k.scaleShift(x, 0, y, 0, 1, n, x, 0, x, 0)),
            unary((k, x, y, n) -> k.axpy(0.5f, x, 0, y, 0, n)));

    private static final int TINY = 35;
    private static final int MODERATE = 1003;

    private ElementwiseTrials() {}

    private interface Call {
        void run(ElementwiseKernels kernels, float[] x, float[] y, int n);
    }

    private static KernelTrial.Problem unary(Call call) {
        return (kernels, size) -> {
            int n = size == KernelTrial.Size.MODERATE ? MODERATE : size == KernelTrial.Size.TINY ? TINY : 0;
            float[] x = new float[n];
            Arrays.fill(x, 0.5f);
            float[] y = new float[n];
            return times -> {
                for (int i = 0; i < times; i++) {
                    // accumulating kernels would overflow in time
                    Arrays.fill(y, 0);
                    call.run(kernels.elementwise(), x, y, n);
                }
            };
        };
    }
}
