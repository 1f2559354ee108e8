package dev.junco.benchmarks;

import dev.junco.runtime.kernel.GemmKernels;
import dev.junco.runtime.kernel.KernelProviders;
import dev.junco.runtime.kernel.Kernels;
import dev.junco.runtime.kernel.PackedMatrix;
import dev.junco.runtime.kernel.RowSource;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * C = A·B and C += Aᵀ·B of square matrices on one thread, B packed beforehand. {@link GemmReport} runs it beside
 * {@link FmaPeakBenchmark} and prints the share of the peak.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class GemmBenchmark {
    /** Which kernels. */
    @Param({"vector", "plain"})
    public String kernels;

    /** Rows, columns and depth. */
    @Param({"128", "256", "512"})
    public int size;

    private GemmKernels gemm;
    private RowSource a;
    private float[] b;
    private PackedMatrix packed;
    private float[] bias;
    private float[] c;
    private float[] gradient;
    private float[][] workspace;

    /** Fills the matrices and checks a product, so that nothing wrong is ever timed. */
    @Setup
    public void prepare() {
        Kernels set = kernels.equals("vector") ? KernelProviders.vector().orElseThrow() : KernelProviders.plain();
        gemm = set.gemm();
        Random random = new Random(1);
        a = RowSource.dense(random(random), 0, size, size, size);
        b = random(random);
        packed = gemm.allocate(size, size);
        packed.pack(b, 0, size, 1);
        bias = new float[size];
        c = new float[size * size];
        gradient = new float[size * size];
        workspace = new float[GemmKernels.WORKSPACE_ROWS][GemmKernels.WORKSPACE_COLUMNS];
        check(multiply(), false);
        check(multiplyTransposed(), true);
        Arrays.fill(gradient, 0);
    }

    private float[] random(Random random) {
        float[] values = new float[size * size];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }

    private void check(float[] result, boolean transposed) {
        for (int i = 0; i < size; i += 7) {
            for (int j = 0; j < size; j++) {
                double expected = 0;
                for (int p = 0; p < size; p++) {
                    expected += (double) a.data()[transposed ? p * size + i : i * size + p] * b[p * size + j];
                }
                if (!(Math.abs(expected - result[i * size + j]) < 1e-4 * Math.sqrt(size))) {
                    throw new IllegalStateException(
                            "element " + i + ", " + j + " is " + result[i * size + j] + ", expected " + expected);
                }
            }
        }
    }

    /** C = A·B. */
    @Benchmark
    public float[] multiply() {
        float none = Float.POSITIVE_INFINITY;
        packed.multiply(a, 0, size, 0, packed.columnBlocks(), bias, 0, 0, c, 0, size, -none, none, workspace);
        return c;
    }

    /** C += Aᵀ·B. */
    @Benchmark
    public float[] multiplyTransposed() {
        gemm.multiplyTransposed(a, 0, size, 0, size, b, 0, size, size, gradient, 0, size, workspace);
        return gradient;
    }
}
