package dev.junco.trainer.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.junco.runtime.DType;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.kernel.KernelProviders;
import dev.junco.runtime.kernel.KernelSource;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.IntRef;
import dev.junco.runtime.plan.States;
import dev.junco.runtime.plan.WeightStore;
import dev.junco.runtime.plan.WorkerTeam;
import dev.junco.trainer.data.Random64;
import dev.junco.trainer.loss.SparseCategoricalCrossEntropy;
import dev.junco.trainer.optimizer.Adam;
import dev.junco.trainer.optimizer.Sgd;
import dev.junco.trainer.regularizer.L2;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whole training steps on the float32 kernels. */
class TrainingStepTest {
    private static final long SEED = 7_001;
    private static final KernelSource PLAIN = KernelSource.fixed(KernelProviders.plain());

    private static TrainingGraph classifier(int batch) {
        return TrainingGraph.of(
                NetworkSketch.classifier(SEED, batch),
                new SparseCategoricalCrossEntropy(),
                new Adam(0.01f),
                TrainingOptions.ofSeed(SEED)
                        .regularizers(Map.of("c1/w", new L2(0.001f)))
                        .clipNorm(1f));
    }

    /** A bound step with random inputs and classes. */
    private static TrainingStep bind(TrainingGraph training, KernelSource kernels, States states, int threads) {
        TrainingStep step = new TrainingStep(training, new WeightStore(kernels), states, new WorkerTeam(threads));
        Random64 random = new Random64(SEED);
        for (Value input : training.graph().inputs()) {
            int elements = input.shape().elements();
            for (int i = 0; i < elements; i++) {
                if (input.type() == DType.FLOAT32) {
                    FloatRef ref = step.input(input.name());
                    ref.array()[ref.offset() + i] = random.nextFloat();
                } else {
                    IntRef ref = step.intInput(input.name());
                    ref.array()[ref.offset() + i] = random.nextInt(4);
                }
            }
        }
        return step;
    }

    /** All states after some steps, joined. */
    private static float[] train(TrainingGraph training, KernelSource kernels, int threads, int steps) {
        States states = new States(training.graph());
        TrainingStep step = bind(training, kernels, states, threads);
        for (int i = 1; i <= steps; i++) {
            step.run(0.01f, i);
        }
        List<Float> all = new ArrayList<>();
        for (Value value : training.graph().values()) {
            if (value.role() == Role.STATE) {
                for (float element : states.floats(value.name())) {
                    all.add(element);
                }
            }
        }
        float[] joined = new float[all.size()];
        for (int i = 0; i < joined.length; i++) {
            joined[i] = all.get(i);
        }
        return joined;
    }

    @Test
    void sameBitsWithAnyNumberOfThreads() {
        TrainingGraph training = classifier(24);
        float[] one = train(training, PLAIN, 1, 5);
        assertArrayEquals(one, train(training, PLAIN, 2, 5));
        assertArrayEquals(one, train(training, PLAIN, 3, 5));
    }

    @Test
    void sameBitsOnVectorKernels() {
        TrainingGraph training = classifier(7);
        float[] plain = train(training, PLAIN, 1, 3);
        KernelProviders.vector()
                .ifPresent(vector -> assertArrayEquals(plain, train(training, KernelSource.fixed(vector), 2, 3)));
    }

    @Test
    void lossFalls() {
        TrainingGraph training = classifier(8);
        TrainingStep step = bind(training, PLAIN, new States(training.graph()), 1);
        float first = step.run(0.01f, 1);
        float last = first;
        for (int i = 2; i <= 60; i++) {
            last = step.run(0.01f, i);
        }
        assertTrue(last < first / 4, "loss went from " + first + " to " + last + ", seed " + SEED);
    }

    @Test
    void stepAllocatesNothingOnceCompiled() {
        for (int threads = 1; threads <= 2; threads++) {
            TrainingGraph training = classifier(8);
            TrainingStep step = bind(training, PLAIN, new States(training.graph()), threads);
            ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            // Vectors are objects until the compiler has met their loops, so the first steps do allocate.
            long deadline = System.nanoTime() + 120_000_000_000L;
            long bytes = 1;
            for (int i = 1; bytes > 0 && System.nanoTime() < deadline; i++) {
                long before = bean.getCurrentThreadAllocatedBytes();
                step.run(0.01f, i);
                bytes = bean.getCurrentThreadAllocatedBytes() - before;
            }
            assertEquals(0, bytes, "bytes in a step with " + threads + " threads");
        }
    }

    @Test
    void batchesOfDifferentSizesShareStates() {
        TrainingGraph large = classifier(6);
        TrainingGraph small = classifier(2);
        States states = new States(large.graph());
        TrainingStep first = bind(large, PLAIN, states, 1);
        TrainingStep second = bind(small, PLAIN, states, 1);
        float[] w = states.floats("d2/w");
        float before = w[0];
        first.run(0.01f, 1);
        float between = w[0];
        second.run(0.01f, 2);
        assertTrue(before != between && between != w[0]);
    }

    @Test
    void trainedNetworkPredictsWhatTheEvaluationGraphPredicts() {
        Graph network = NetworkSketch.perceptron(SEED, 4, 6, 9, 4);
        SparseCategoricalCrossEntropy loss = new SparseCategoricalCrossEntropy();
        TrainingOptions options = TrainingOptions.ofSeed(SEED);
        TrainingGraph training = TrainingGraph.of(network, loss, new Sgd(0.1f, 0.9f, true), options);
        States states = new States(training.graph());
        bind(training, PLAIN, states, 1).run(0.1f, 1);
        Graph trained = TrainingGraph.withWeights(network, states);
        assertEquals(network.nodes().size(), trained.nodes().size());
        assertArrayEquals(states.floats("hidden/w"), trained.value("hidden/w").floats());
        assertEquals(Role.PARAMETER, trained.value("hidden/w").role());
        Graph evaluation = TrainingGraph.evaluation(network, loss, options);
        assertEquals(Role.STATE, evaluation.value("hidden/w").role());
        assertEquals(network.nodes().size() + 1, evaluation.nodes().size());
    }

    @Test
    void rejectsNetworksWithSeveralOutputs() {
        NetworkSketch net = new NetworkSketch(SEED);
        Value x = net.input(2, 3);
        net.output("other", net.dense("a", x, 2, Activation.NONE));
        Graph network = net.build(net.dense("b", x, 2, Activation.NONE));
        GraphException e = assertThrows(
                GraphException.class,
                () -> TrainingGraph.of(
                        network, new SparseCategoricalCrossEntropy(), new Adam(), TrainingOptions.ofSeed(1)));
        assertTrue(e.getMessage().contains("2 outputs"), e.getMessage());
    }
}
