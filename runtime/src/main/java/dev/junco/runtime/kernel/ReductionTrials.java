package dev.junco.runtime.kernel;

import java.util.Arrays;
import java.util.List;

/** A problem for each reduction: rows of two vectors and a rest where tiny. */
final class ReductionTrials {
    static final List<KernelTrial.Problem> PROBLEMS = List.of(
            reduction((k, x, y, rows, columns) -> y[0] = k.sum(x, 0, columns)),
            reduction((k, x, y, rows, columns) -> y[0] = k.dot(x, 0, x, 0, columns)),
            reduction((k, x, y, rows, columns) -> y[0] = k.max(x, 0, columns)),
            reduction((k, x, y, rows, columns) -> k.addColumns(x, 0, rows, columns, y, 0)),
            reduction((k, x, y, rows, columns) -> k.addSquaredDeviations(x, 0, rows, columns, x, 0, y, 0)),
            reduction((k, x, y, rows, columns) -> k.addColumnProducts(x, 0, x, 0, rows, columns, y, 0)),
            reduction((k, x, y, rows, columns) -> k.softmax(x, 0, y, 0, rows, columns, 1)));

    private static final int TINY_ROWS = 2;
    private static final int TINY_COLUMNS = 35;
    private static final int ROWS = 8;
    private static final int COLUMNS = 259;

    private ReductionTrials() {}

    private interface Call {
        void run(ReductionKernels kernels, float[] x, float[] y, int rows, int columns);
    }

    private static KernelTrial.Problem reduction(Call call) {
        return (kernels, size) -> {
            int rows = size == KernelTrial.Size.MODERATE ? ROWS : TINY_ROWS;
            int columns =
                    size == KernelTrial.Size.MODERATE ? COLUMNS : size == KernelTrial.Size.TINY ? TINY_COLUMNS : 0;
            float[] x = new float[Math.max(rows * columns, 1)];
            Arrays.fill(x, 0.5f);
            float[] y = new float[x.length];
            return times -> {
                for (int i = 0; i < times; i++) {
                    Arrays.fill(y, 0);
                    call.run(kernels.reduction(), x, y, rows, columns);
                }
            };
        };
    }
}
