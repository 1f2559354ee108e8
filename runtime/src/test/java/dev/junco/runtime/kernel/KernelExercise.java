package dev.junco.runtime.kernel;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

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
        for (KernelFamily family : KernelFamily.values()) {
            for (int i = 0; i < family.problems().size(); i++) {
                KernelTrial.Problem problem = family.problems().get(i);
                if (!stopsAllocating(
                        problem.on(preferred, KernelTrial.Size.TINY),
                        problem.on(preferred, KernelTrial.Size.MODERATE))) {
                    System.out.println("still allocating: " + family + " problem " + i);
                    return;
                }
            }
        }
        for (int bits : new int[] {128, 256, 512}) {
            Kernels kernels = KernelProviders.vector(bits).orElseThrow();
            for (KernelFamily family : KernelFamily.values()) {
                for (KernelTrial.Problem problem : family.problems()) {
                    problem.on(kernels, KernelTrial.Size.TINY).run(CALLS_FOR_C1);
                }
            }
        }
        System.out.println(DONE);
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
