package dev.junco.trainer.cli;

import com.sun.management.ThreadMXBean;
import dev.junco.runtime.Interpreter;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * How long runs of an interpreter take, and what they allocate.
 *
 * @param p50 median, nanoseconds
 * @param p90 nine of ten runs are faster, nanoseconds
 * @param p99 99 of 100 runs are faster, nanoseconds
 * @param allocated bytes a run on the calling thread
 */
record Latency(double p50, double p90, double p99, double allocated) {
    /** Measures after a warm-up of at least {@code warmMillis}. */
    static Latency measure(Interpreter interpreter, int runs, long warmMillis) {
        long warmUntil = System.nanoTime() + warmMillis * 1_000_000;
        for (int i = 0; i < 20 || System.nanoTime() < warmUntil; i++) {
            interpreter.run();
        }
        long[] nanos = new long[runs];
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        threads.getCurrentThreadAllocatedBytes(); // the first call allocates something itself
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < runs; i++) {
            long start = System.nanoTime();
            interpreter.run();
            nanos[i] = System.nanoTime() - start;
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        Arrays.sort(nanos);
        return new Latency(at(nanos, 0.5), at(nanos, 0.9), at(nanos, 0.99), (double) allocated / runs);
    }

    private static double at(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    }
}
