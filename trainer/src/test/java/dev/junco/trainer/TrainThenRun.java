package dev.junco.trainer;

import com.sun.management.ThreadMXBean;
import dev.junco.converter.Converter;
import dev.junco.converter.Precision;
import dev.junco.converter.Samples;
import dev.junco.runtime.Interpreter;
import dev.junco.runtime.Model;
import dev.junco.runtime.Shape;
import dev.junco.trainer.data.Dataset;
import dev.junco.trainer.layer.Activation;
import dev.junco.trainer.layer.BatchNormalization;
import dev.junco.trainer.layer.Conv2D;
import dev.junco.trainer.layer.Dense;
import dev.junco.trainer.layer.DepthwiseConv2D;
import dev.junco.trainer.layer.Flatten;
import dev.junco.trainer.layer.MaxPool2D;
import dev.junco.trainer.loss.SparseCategoricalCrossEntropy;
import dev.junco.trainer.optimizer.Adam;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * Run in a JVM of its own: trains a small network, converts it, and runs it in float32 and int8 until runs allocate nothing, though what the compiler
 * has learnt was learnt from training. Prints {@link #DONE}, or what still allocates.
 */
final class TrainThenRun {
    static final String DONE = "no run allocates";

    private static final long SEED = 11;
    private static final int RUNS = 200;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(120);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private TrainThenRun() {}

    public static void main(String[] args) throws InterruptedException {
        Dataset data = Toy.bars(1000, SEED);
        Network network = network();
        Trainer.of(network)
                .loss(new SparseCategoricalCrossEntropy())
                .optimizer(new Adam(1e-3f))
                .fit(data, Fit.epochs(15).batch(32));
        Model float32 = Converter.from(network.model()).convert().model();
        Model int8 = Converter.from(network.model())
                .quantize(Precision.INT8)
                .calibrate(samples(data))
                .convert()
                .model();
        boolean quiet = stopsAllocating("float32", float32.interpreter());
        quiet &= stopsAllocating("int8", int8.interpreter());
        System.out.println(quiet ? DONE : "seed " + SEED);
    }

    private static Network network() {
        return Network.sequential(Shape.of(8, 8, 1))
                .add(new Conv2D(8, 3, Activation.LINEAR).same().withoutBias())
                .add(new BatchNormalization())
                .add(Activation.RELU)
                .add(new DepthwiseConv2D(3, Activation.RELU).same())
                .add(new Conv2D(24, 3, Activation.RELU).same())
                .add(new MaxPool2D(2))
                .add(new Flatten())
                .add(new Dense(20, Activation.RELU))
                .add(new Dense(2, Activation.SOFTMAX))
                .build();
    }

    private static Samples samples(Dataset data) {
        return new Samples() {
            @Override
            public int size() {
                return data.size();
            }

            @Override
            public int featureCount() {
                return data.featureCount();
            }

            @Override
            public void features(int index, float[] target, int offset) {
                data.copyFeatures(index, target, offset);
            }

            @Override
            public int label(int index) {
                return data.label(index);
            }
        };
    }

    private static boolean stopsAllocating(String name, Interpreter interpreter) throws InterruptedException {
        THREADS.getCurrentThreadAllocatedBytes(); // the first call allocates something itself
        long end = System.nanoTime() + PATIENCE;
        boolean settled;
        long allocated;
        do {
            settled = interpreter.isSettled();
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < RUNS; i++) {
                interpreter.run();
            }
            allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            if (settled && allocated == 0) {
                return true;
            }
            Thread.sleep(1);
        } while (System.nanoTime() < end);
        System.out.println(name + " still allocates " + allocated / RUNS + " bytes a run"
                + (settled ? "" : ", kernels have not settled"));
        return false;
    }
}
