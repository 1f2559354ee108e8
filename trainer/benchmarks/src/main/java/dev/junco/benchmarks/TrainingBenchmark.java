package dev.junco.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Training on mini-batches of 64 with Adam: samples a second, the counter {@code samples}. Every iteration starts with fresh weights, so that none trains on
 * what is long learnt, and ends with a check that the network has learnt.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 5)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "--add-modules=jdk.incubator.vector",
            // JavaCPP loads native code.
            "--enable-native-access=ALL-UNNAMED",
            // Deeplearning4j leaves its oneDNN helpers out unless told otherwise; see also org.nd4j.nativeblas.Nd4jCpu.
            "-Dorg.eclipse.deeplearning4j.helpers.disable=false"
        })
public class TrainingBenchmark {
    /** Guessing has a loss of ln 10 = 2.3; twenty steps bring either network to 1.0 or less. */
    private static final double LEARNT = 1.5;

    /** What the measured steps have seen. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Counter {
        public long samples;
    }

    @Param
    private TrainedNetwork network;

    @Param
    private TrainingEngine engine;

    private Training training;
    private int part;

    @Setup(Level.Trial)
    public void prepare() {
        training = engine.of(network, FashionImages.read());
    }

    @Setup(Level.Iteration)
    public void restart() {
        training.restart();
        part = 0;
    }

    @Benchmark
    public void fit(Counter counter) {
        training.fit(part);
        part = (part + 1) % training.parts();
        counter.samples += network.samples();
    }

    @TearDown(Level.Iteration)
    public void check() {
        double loss = training.lossOfCheck();
        System.out.printf("[loss %.3f] ", loss);
        if (!(loss > 0 && loss < LEARNT)) {
            throw new IllegalStateException(
                    engine + " " + network + ": loss " + loss + " after training, expected 0 to " + LEARNT);
        }
    }
}
