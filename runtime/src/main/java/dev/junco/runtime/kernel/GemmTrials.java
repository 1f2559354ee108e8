package dev.junco.runtime.kernel;

import java.util.Arrays;
import java.util.List;

/** A problem for each register tile: sizes that reach it at every vector width, a depth of 4 where tiny. */
final class GemmTrials {
    static final List<KernelTrial.Problem> PRODUCTS = List.of(
            product(3, 32, false), // small tile
            product(1, 128, false), // row tile
            product(8, 23, false), // tail tile, whole and partial
            bytes(75));

    static final List<KernelTrial.Problem> MAIN = List.of(product(12, 32, true));

    /** Results in the registers of a tile. */
    static final List<KernelTrial.Problem> RESCALED = List.of(rescaled(24, 80));

    private static final int DEPTH = 64;

    private GemmTrials() {}

    private static float[] values(int n) {
        float[] values = new float[n];
        Arrays.fill(values, 0.5f);
        return values;
    }

    private static float[][] workspace() {
        return new float[GemmKernels.WORKSPACE_ROWS][GemmKernels.WORKSPACE_COLUMNS];
    }

    /** Too large to be inlined, so a call for each costs no compiler anything. */
    private static KernelTrial.Calls idle(Runnable kernel) {
        return times -> {
            for (int i = 0; i < times; i++) {
                kernel.run();
            }
        };
    }

    /** m rows, n columns, once with a clamp and once without, so that no path is compiled as if it were never taken. */
    private static KernelTrial.Problem product(int m, int n, boolean main) {
        return (kernels, size) -> {
            GemmKernels gemm = main ? kernels.gemm() : kernels.gemm().soonest();
            if (size == KernelTrial.Size.IDLE) {
                return idle(main ? gemm::idleMain : gemm::idle);
            }
            int k = size == KernelTrial.Size.TINY ? 4 : DEPTH;
            RowSource whole = RowSource.dense(values(m * k), 0, m, k, k);
            int[] halves = {0, k / 2};
            RowSource parts = new RowSource(whole.data(), 0, whole.rows(), m, k, halves, k / 2);
            PackedMatrix b = gemm.allocate(k, n);
            b.pack(values(k * n), 0, n, 1);
            float[] bias = values(n);
            float[] c = new float[m * n];
            float[][] workspace = workspace();
            float none = Float.POSITIVE_INFINITY;
            return times -> {
                for (int i = 0; i < times; i++) {
                    b.multiply(whole, 0, m, 0, b.columnBlocks(), bias, 0, 0, c, 0, n, 0, 6, workspace);
                    b.multiply(parts, 0, m, 0, b.columnBlocks(), bias, 0, 0, c, 0, n, -none, none, workspace);
                }
            };
        };
    }

    /** m rows and n channels of integers, and their results. */
    private static KernelTrial.Problem rescaled(int m, int n) {
        return (kernels, size) -> {
            if (size == KernelTrial.Size.IDLE) {
                return idle(kernels.gemm()::idleRescaled);
            }
            int k = size == KernelTrial.Size.TINY ? 4 : DEPTH;
            RowSource a = RowSource.dense(new float[m * k], 0, m, k, k);
            PackedMatrix b = kernels.gemm().soonest().allocate(k, n);
            b.pack(new float[k * n], 0, n, 1);
            float[] start = new float[n];
            float[] c = new float[m * n];
            float[][] workspace = workspace();
            Rescaling scaling = WidenedTrials.lines(n);
            float none = Float.POSITIVE_INFINITY;
            return times -> {
                for (int i = 0; i < times; i++) {
                    for (int block = 0; block < b.columnBlocks(); block++) {
                        int row = b.multiplyRescaled(a, 0, m, block, start, c, 0, n, scaling.singleRounding());
                        int from = b.firstColumn(block);
                        int to = b.firstColumn(block + 1);
                        b.multiply(a, row, m, block, block + 1, start, 0, 0, c, 0, n, -none, none, workspace);
                        kernels.widened().rescale(scaling, c, row * n, n, m - row, from, to);
                    }
                }
            };
        };
    }

    /** A row of integers by n columns of bytes. */
    private static KernelTrial.Problem bytes(int n) {
        return (kernels, size) -> {
            if (size == KernelTrial.Size.IDLE) {
                return idle(kernels.gemm()::idleBytes);
            }
            int k = size == KernelTrial.Size.TINY ? 4 : DEPTH;
            float[] row = new float[k];
            Arrays.fill(row, 3);
            float[] weights = new float[k * n];
            Arrays.fill(weights, -5);
            PackedMatrix b = kernels.gemm().allocateBytes(k, n);
            b.pack(weights, 0, n, 1);
            RowSource a = RowSource.dense(row, 0, 1, k, k);
            float[] c = new float[n];
            float[] start = new float[n];
            float[][] workspace = workspace();
            float none = Float.POSITIVE_INFINITY;
            return times -> {
                for (int i = 0; i < times; i++) {
                    b.multiply(a, 0, 1, 0, b.columnBlocks(), start, 0, 0, c, 0, n, -none, none, workspace);
                }
            };
        };
    }
}
