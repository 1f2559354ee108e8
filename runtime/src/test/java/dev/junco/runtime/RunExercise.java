package dev.junco.runtime;

import com.sun.management.ThreadMXBean;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.kernel.KernelSource;
import dev.junco.runtime.kernel.Kernels;
import dev.junco.runtime.kernel.PlainDepthwiseKernels;
import dev.junco.runtime.kernel.PlainElementwiseKernels;
import dev.junco.runtime.kernel.PlainFunctionKernels;
import dev.junco.runtime.kernel.PlainGemmKernels;
import dev.junco.runtime.kernel.PlainPoolingKernels;
import dev.junco.runtime.kernel.PlainQuantizedKernels;
import dev.junco.runtime.kernel.PlainReductionKernels;
import dev.junco.runtime.kernel.PlainWidenedKernels;
import dev.junco.runtime.op.OperatorCatalog;
import dev.junco.runtime.plan.Execution;
import dev.junco.runtime.plan.MemoryPlanner;
import dev.junco.runtime.plan.States;
import dev.junco.runtime.plan.WeightStore;
import dev.junco.runtime.plan.WorkerTeam;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Run in a JVM of its own, which knows one set of kernels: runs whole models until neither setting inputs, nor running, nor reading outputs
 * allocates a byte, in the calling thread or in a worker. Prints {@link #DONE}, or what still allocates. The argument is a {@link KernelChoice}, or UNFUSED for the plain kernels of a
 * platform without fused multiply-adds.
 */
final class RunExercise {
    static final String DONE = "no run allocates";

    private static final int RUNS = 50;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(120);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private RunExercise() {}

    public static void main(String[] args) throws InterruptedException {
        boolean quiet = true;
        if (args[0].equals("UNFUSED")) {
            quiet &= stopsAllocating("classifier", execution(SmallModels.classifier()));
            quiet &= stopsAllocating("recurrent", execution(SmallModels.recurrent(7)));
        } else {
            InterpreterOptions options = InterpreterOptions.DEFAULT.withKernels(KernelChoice.valueOf(args[0]));
            quiet &= stopsAllocating("classifier", classifier(options));
            quiet &= stopsAllocating("classifier on two threads", classifier(options.withThreads(2)));
            quiet &= stopsAllocating("batch", classifier(options.withBatch(3)));
            quiet &= stopsAllocating("int8", int8(options));
            quiet &= stopsAllocating("recurrent", recurrent(options));
            quiet &= stopsAllocating("custom", custom(options));
            quiet &= stopsAllocating("two signatures", signatures(options));
        }
        System.out.println(quiet ? DONE : "");
    }

    private static Runnable execution(Graph graph) {
        OperatorCatalog catalog = OperatorCatalog.standard();
        Kernels kernels = new Kernels(
                new PlainGemmKernels(),
                new PlainDepthwiseKernels(),
                new PlainElementwiseKernels(),
                new PlainPoolingKernels(),
                new PlainReductionKernels(),
                new PlainWidenedKernels(),
                new PlainQuantizedKernels(),
                new PlainFunctionKernels());
        WeightStore weights = new WeightStore(KernelSource.fixed(kernels));
        Execution execution = new Execution(
                MemoryPlanner.plan(graph, catalog), catalog, weights, new States(graph), new WorkerTeam(1));
        return execution::run;
    }

    private static Runnable classifier(InterpreterOptions options) {
        Interpreter interpreter =
                Model.of(SmallModels.classifier(), Metadata.EMPTY).interpreter(options);
        Cancellation cancellation = new Cancellation();
        Profile profile = interpreter.profile();
        float[] image = SmallModels.image(1);
        float[] out = new float[interpreter.output().size()];
        int[] best = new int[3];
        return () -> {
            interpreter.input().set(image, 0, 0, image.length);
            interpreter.run();
            interpreter.run(cancellation.within(1, TimeUnit.HOURS));
            interpreter.run(profile);
            interpreter.output().copyTo(out);
            interpreter.output().top(0, 10, best);
        };
    }

    private static Runnable int8(InterpreterOptions options) {
        Interpreter interpreter =
                Model.of(SmallModels.int8Sum(), Metadata.EMPTY).interpreter(options);
        float[] values = {1, 2, 3, 4};
        return () -> {
            interpreter.input("a").set(values);
            interpreter.input("b").set(values);
            interpreter.run();
        };
    }

    /** In pieces of two sizes, with a state that is saved and restored. */
    private static Runnable recurrent(InterpreterOptions options) {
        Interpreter interpreter =
                Model.of(SmallModels.recurrent(7), Metadata.EMPTY).interpreter(options);
        Shape one = Shape.of(1, 1, 6);
        Shape seven = Shape.of(1, 7, 6);
        float[] x = new float[42];
        SavedState saved = interpreter.state();
        return () -> {
            interpreter.resize("x", one);
            interpreter.input().set(x, 0, 0, 6);
            interpreter.run();
            interpreter.saveTo(saved);
            interpreter.resize("x", seven);
            interpreter.input().set(x);
            interpreter.run();
            interpreter.restore(saved);
            interpreter.reset();
        };
    }

    private static Runnable custom(InterpreterOptions options) {
        Interpreter interpreter = Integrator.model(5, 3).interpreter(options);
        return interpreter::run;
    }

    /** Two signatures in turn, which share their weights. */
    private static Runnable signatures(InterpreterOptions options) {
        Model model = Model.of(List.of(SmallModels.encode(), SmallModels.twice()), Metadata.EMPTY);
        Interpreter first = model.interpreter(model.signatures().get(0), options);
        Interpreter second = model.interpreter(model.signatures().get(1), options.withThreads(2));
        return () -> {
            first.run();
            second.run();
        };
    }

    private static boolean stopsAllocating(String name, Runnable work) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE;
        long allocated;
        do {
            repeat(work);
            long workersBefore = allocatedByWorkers();
            long before = THREADS.getCurrentThreadAllocatedBytes();
            repeat(work);
            allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            allocated += allocatedByWorkers() - workersBefore;
            if (allocated == 0) {
                return true;
            }
            Thread.sleep(1);
        } while (System.nanoTime() < end);
        System.out.println(name + " still allocates " + allocated + " bytes in " + RUNS + " rounds");
        return false;
    }

    /** Of interpreters that have ended too, whose threads do nothing any more. */
    private static long allocatedByWorkers() {
        long bytes = 0;
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("junco-worker")) {
                bytes += Math.max(0, THREADS.getThreadAllocatedBytes(thread.getId()));
            }
        }
        return bytes;
    }

    private static void repeat(Runnable work) {
        for (int i = 0; i < RUNS; i++) {
            work.run();
        }
    }
}
