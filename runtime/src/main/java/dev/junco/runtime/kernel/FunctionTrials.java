package dev.junco.runtime.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A problem for each function kernel: two vectors and a rest where tiny. */
final class FunctionTrials {
    static final List<KernelTrial.Problem> PROBLEMS = problems();

    private static final int KERNELS = 17;
    private static final int TINY = 35;
    private static final int MODERATE = 1003;

    private FunctionTrials() {}

    private static List<KernelTrial.Problem> problems() {
        List<KernelTrial.Problem> problems = new ArrayList<>();
        for (int i = 0; i < KERNELS; i++) {
            int kernel = i;
            problems.add((kernels, size) -> problem(
                    kernel,
                    kernels.function(),
                    size == KernelTrial.Size.IDLE ? 0 : size == KernelTrial.Size.TINY ? TINY : MODERATE));
        }
        return problems;
    }

    private static KernelTrial.Calls problem(int kernel, FunctionKernels kernels, int n) {
        float[] x = new float[n];
        Arrays.fill(x, 0.5f);
        float[] negative = new float[n];
        Arrays.fill(negative, -0.5f);
        float[] y = new float[n];
        return times -> {
            for (int i = 0; i < times; i++) {
                run(kernel, kernels, x, negative, y, n);
            }
        };
    }

    private static void run(int kernel, FunctionKernels k, float[] x, float[] negative, float[] y, int n) {
        switch (kernel) {
            case 0:
                k.abs(x, 0, y, 0, n);
                break;
            case 1:
                k.sqrt(x, 0, y, 0, n);
                break;
            case 2:
                k.rsqrt(x, 0, y, 0, n);
                break;
            case 3:
                k.log(x, 0, y, 0, n);
                break;
            case 4:
                k.erf(x, 0, y, 0, n);
                break;
            case 5:
                k.gelu(x, 0, y, 0, n);
                break;
            case 6:
                k.gate(x, 0, y, 0, n, 1, 0);
                break;
            case 7:
                k.elu(negative, 0, y, 0, n, 1, 1, 1);
                break;
            case 8:
                k.mish(x, 0, y, 0, n);
                break;
            case 9:
                k.softplus(x, 0, y, 0, n);
                break;
            case 10:
                k.affine(x, 0, y, 0, n, 1, 1, 0, 6);
                break;
            case 11:
                k.hardSwish(x, 0, y, 0, n);
                break;
            case 12:
                k.divide(x, 0, x, 0, y, 0, n);
                break;
            case 13:
                k.minimum(x, 0, negative, 0, y, 0, n);
                break;
            case 14:
                k.maximum(x, 0, negative, 0, y, 0, n);
                break;
            case 15:
                k.squaredDifference(x, 0, negative, 0, y, 0, n);
                break;
            default:
                k.prelu(negative, 0, x, 0, y, 0, n);
        }
    }
}
