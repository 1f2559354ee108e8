package dev.junco.runtime.kernel;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Run in a JVM of its own that prints its compilations: calls the vector kernels of the preferred width until they allocate nothing, then
 * every vector kernel of every width until C1 has had to compile it. Prints {@link #DONE} when all came so far.
 */
final class KernelExercise {
    static final String DONE = "every kernel is compiled and allocates nothing";

    private static final int CALLS_FOR_C1 = 600;
    private static final int CALLS = 200;
    private static final long LIMIT_NANOS = 120_000_000_000L;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private KernelExercise() {}

    public static void main(String[] args) throws InterruptedException {
        Kernels preferred = KernelProviders.vector().orElseThrow();
        Map<String, KernelTrial.Problem> problems = problems();
        for (Map.Entry<String, KernelTrial.Problem> each : problems.entrySet()) {
            KernelTrial.Problem problem = each.getValue();
            if (!stopsAllocating(
                    problem.on(preferred, KernelTrial.Size.TINY), problem.on(preferred, KernelTrial.Size.MODERATE))) {
                System.out.println("still allocating: " + each.getKey());
                return;
            }
        }
        for (int bits : new int[] {128, 256, 512}) {
            Kernels kernels = KernelProviders.vector(bits).orElseThrow();
            for (KernelTrial.Problem problem : problems.values()) {
                problem.on(kernels, KernelTrial.Size.TINY).run(CALLS_FOR_C1);
            }
        }
        System.out.println(DONE);
    }

    /** Those of the warm-up, and the products of training, which needs none. */
    private static Map<String, KernelTrial.Problem> problems() {
        Map<String, KernelTrial.Problem> problems = new LinkedHashMap<>();
        for (KernelFamily family : KernelFamily.ALL) {
            for (int i = 0; i < family.problems().size(); i++) {
                problems.put(family + " problem " + i, family.problems().get(i));
            }
        }
        problems.put("transposed main tile", transposed(24, 64));
        problems.put("transposed small tile", transposed(3, 32));
        problems.put("transposed tail tile", transposed(8, 23));
        return problems;
    }

    /** m rows and n columns of C. */
    private static KernelTrial.Problem transposed(int m, int n) {
        return (kernels, size) -> {
            int depth = size == KernelTrial.Size.TINY ? 4 : 64;
            RowSource a = RowSource.dense(new float[m * depth], 0, depth, m, m);
            float[] b = new float[depth * n];
            float[] c = new float[m * n];
            float[][] workspace = new float[GemmKernels.WORKSPACE_ROWS][GemmKernels.WORKSPACE_COLUMNS];
            return times -> {
                for (int i = 0; i < times; i++) {
                    kernels.gemm().multiplyTransposed(a, 0, m, 0, depth, b, 0, n, n, c, 0, n, workspace);
                }
            };
        };
    }

    /** Boxed vectors are allocations, and only code that C2 has compiled whole has none. */
    private static boolean stopsAllocating(KernelTrial.Calls tiny, KernelTrial.Calls moderate)
            throws InterruptedException {
        long end = System.nanoTime() + LIMIT_NANOS;
        do {
            tiny.run(CALLS);
            moderate.run(2);
            long before = THREADS.getCurrentThreadAllocatedBytes();
            tiny.run(CALLS);
            moderate.run(2);
            if (THREADS.getCurrentThreadAllocatedBytes() == before) {
                return true;
            }
            Thread.sleep(1);
        } while (System.nanoTime() < end);
        return false;
    }
}
