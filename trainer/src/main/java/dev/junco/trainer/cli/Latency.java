package dev.junco.trainer.cli;

import com.sun.management.ThreadMXBean;
import dev.junco.runtime.Interpreter;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * How long runs of an interpreter take, and what they allocate.
 *
 * @param p50 median, nanoseconds
 * @param p90 nine of ten runs are faster, nanoseconds
 * @param p99 99 of 100 runs are faster, nanoseconds
 * @param allocated bytes a run on the calling thread
 * @param settled whether no faster kernels were being prepared any more when measuring began
 */
record Latency(double p50, double p90, double p99, double allocated, boolean settled) {
    /** As many runs as are looked at together while it warms up. */
    private static final int GLANCE = 50;

    /** Where the compilers need longer than the warm-up, because the machine is busy, they get up to so many times as long. */
    private static final int PATIENCE = 8;

    /**
     * Measures after a warm-up of at least {@code warmMillis}, and as long as faster kernels are being prepared or runs still allocate because they
     * are not compiled yet, though at most {@value #PATIENCE} times as long; without any warm-up where that is 0.
     */
    static Latency measure(Interpreter interpreter, int runs, long warmMillis) {
        return measure(interpreter::run, interpreter::isSettled, runs, warmMillis);
    }

    static Latency measure(Runnable run, BooleanSupplier kernelsSettled, int runs, long warmMillis) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        threads.getCurrentThreadAllocatedBytes(); // the first call allocates something itself
        long start = System.nanoTime();
        long warm = warmMillis * 1_000_000;
        boolean ready = false;
        while (System.nanoTime() - start < warm || !ready && System.nanoTime() - start < PATIENCE * warm) {
            boolean last = kernelsSettled.getAsBoolean();
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < GLANCE; i++) {
                run.run();
            }
            ready = last && threads.getCurrentThreadAllocatedBytes() == before;
        }
        boolean settled = kernelsSettled.getAsBoolean();
        long[] nanos = new long[runs];
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < runs; i++) {
            long begin = System.nanoTime();
            run.run();
            nanos[i] = System.nanoTime() - begin;
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        Arrays.sort(nanos);
        return new Latency(at(nanos, 0.5), at(nanos, 0.9), at(nanos, 0.99), (double) allocated / runs, settled);
    }

    private static double at(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    }
}
