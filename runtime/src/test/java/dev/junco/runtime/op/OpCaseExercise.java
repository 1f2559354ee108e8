package dev.junco.runtime.op;

import com.sun.management.ThreadMXBean;
import dev.junco.runtime.kernel.KernelProviders;
import dev.junco.runtime.kernel.Kernels;
import dev.junco.runtime.plan.WorkerTeam;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Run in a JVM of its own, which knows vectors of one width: runs every operator case on vector kernels until no run of any allocates a byte. Prints
 * {@link #DONE}, or the cases that still allocate.
 */
final class OpCaseExercise {
    static final String DONE = "no operator allocates";

    private static final int RUNS = 20;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(120);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final OpCase opCase;
    private final PlannedRun run;

    private OpCaseExercise(OpCase opCase, Kernels kernels, WorkerTeam team) {
        this.opCase = opCase;
        this.run = PlannedRun.of(opCase, opCase.graph(), kernels, team);
    }

    public static void main(String[] args) throws InterruptedException {
        Kernels kernels = KernelProviders.vector().orElseThrow();
        WorkerTeam team = new WorkerTeam(1);
        List<OpCaseExercise> all = new ArrayList<>();
        for (OpCase opCase : OpCases.all()) {
            all.add(new OpCaseExercise(opCase, kernels, team));
        }
        long end = System.nanoTime() + PATIENCE;
        List<OpCaseExercise> left = all;
        do {
            left = allocating(left);
            if (left.isEmpty()) {
                left = allocating(all); // what was compiled later may have undone what was compiled before
            }
            Thread.sleep(1);
        } while (!left.isEmpty() && System.nanoTime() < end);
        left.forEach(exercise -> System.out.println(
                exercise.allocated() / RUNS + " bytes a run, seed " + exercise.opCase.seed() + ": " + exercise.opCase));
        System.out.println(left.isEmpty() ? DONE : "");
    }

    private static List<OpCaseExercise> allocating(List<OpCaseExercise> exercises) {
        List<OpCaseExercise> found = new ArrayList<>();
        for (OpCaseExercise exercise : exercises) {
            if (exercise.allocated() > 0) {
                found.add(exercise);
            }
        }
        return found;
    }

    private long allocated() {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < RUNS; i++) {
            run.execution.run();
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
