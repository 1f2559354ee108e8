package dev.junco.runtime.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;
import dev.junco.runtime.kernel.KernelProviders;
import dev.junco.runtime.kernel.KernelSource;
import dev.junco.runtime.kernel.Kernels;
import dev.junco.runtime.kernel.PackedMatrix;
import dev.junco.runtime.kernel.PlainGemmKernels;
import dev.junco.runtime.op.BatchRewrite;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.OperatorCatalog;
import dev.junco.runtime.op.PackedWeights;
import dev.junco.runtime.op.Packing;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Weights that interpreters share, states that executions share, kernels that change between two runs. */
class SharedMemoryTest {
    private static final OperatorCatalog CATALOG = OperatorCatalog.standard();

    /** Kernels that change when a test says so. */
    private static final class Switch implements KernelSource {
        @Override
        public boolean settled() {
            return false;
        }

        private Kernels current = KernelProviders.plain();
        private Runnable listener;

        @Override
        public Kernels kernels() {
            return current;
        }

        @Override
        public void onChange(Runnable wanted) {
            listener = wanted;
        }

        void to(Kernels other) {
            current = other;
            listener.run();
        }
    }

    private final GraphBuilder builder = new GraphBuilder("test", CATALOG);
    private final Value x = builder.input("x", TensorSpec.float32(Shape.of(2, 40)));
    private final Value w =
            builder.parameter("w", TensorSpec.float32(Shape.of(33, 40)), Constant.of(random(33 * 40, 1)));

    private static float[] random(int n, long seed) {
        Random random = new Random(seed);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private Graph dense() {
        builder.output("y", builder.add("y", new FullyConnectedAttributes(Activation.TANH), x, w));
        return builder.build();
    }

    private static float[] run(Execution execution, Graph graph, float[] data) {
        FloatRef in = execution.floats(graph.inputs().get(0));
        System.arraycopy(data, 0, in.array(), in.offset(), data.length);
        execution.run();
        Value y = graph.outputs().get(0);
        FloatRef out = execution.floats(y);
        return Arrays.copyOfRange(
                out.array(), out.offset(), out.offset() + y.shape().elements());
    }

    private static Execution execution(Graph graph, WeightStore weights, States states) {
        return new Execution(MemoryPlanner.plan(graph, CATALOG), CATALOG, weights, states, new WorkerTeam(1));
    }

    @Test
    void weightsAreDecodedAndPackedOnce() {
        WeightStore weights = new WeightStore(KernelSource.fixed(KernelProviders.plain()));
        Packing packing = new Packing(40, 33, 0, 1, 40);
        assertSame(weights.floats(w), weights.floats(w));
        assertSame(weights.packed(w, packing), weights.packed(w, packing));
        assertNotSame(weights.packed(w, packing), weights.packed(w, new Packing(40, 32, 0, 1, 40)));
        // Another batch size is another graph over the same constants.
        Graph batch = BatchRewrite.withBatch(dense(), CATALOG, 5);
        assertSame(weights.packed(w, packing), weights.packed(batch.value("w"), packing));
    }

    @Test
    void aChangeOfKernelsRepacksAndChangesNoBit() {
        Switch kernels = new Switch();
        WeightStore weights = new WeightStore(kernels);
        Graph graph = dense();
        Execution execution = execution(graph, weights, new States(graph));
        PackedWeights packed = weights.packed(w, new Packing(40, 33, 0, 1, 40));
        float[] data = random(80, 2);
        float[] expected = run(execution, graph, data);
        PackedMatrix before = packed.matrix();

        Kernels plain = KernelProviders.plain();
        Kernels other = KernelProviders.vector().orElse(plain);
        kernels.to(other);
        assertArrayEquals(expected, run(execution, graph, data));
        if (other != plain) {
            assertNotSame(before.getClass(), packed.matrix().getClass());
        }
        kernels.to(new Kernels(
                new PlainGemmKernels(),
                plain.depthwise(),
                plain.elementwise(),
                plain.pooling(),
                plain.reduction(),
                plain.widened(),
                plain.quantized(),
                plain.function()));
        assertNotSame(before, packed.matrix());
        kernels.to(plain);
        assertArrayEquals(expected, run(execution, graph, data));
    }

    @Test
    void executionsShareStatesWhichResetPutsBack() {
        Value state = builder.state("s", TensorSpec.float32(Shape.of(40)), Constant.of(random(40, 3)));
        Value zeros = builder.state("z", TensorSpec.float32(Shape.of(2)), null);
        builder.output("y", builder.add("y", new BinaryAttributes(BinaryKind.ADD, Activation.NONE), x, state));
        Graph graph = builder.build();
        States states = new States(graph);
        WeightStore weights = new WeightStore(KernelSource.fixed(KernelProviders.plain()));
        Execution one = execution(graph, weights, states);
        Execution two = execution(graph, weights, states);
        assertSame(states.floats("s"), one.floats(state).array());
        assertSame(one.floats(state).array(), two.floats(state).array());
        assertArrayEquals(new float[2], states.floats(zeros.name()));

        float[] start = random(40, 3);
        assertEquals(start[7], run(one, graph, new float[80])[7]);
        states.floats("s")[7] = 99;
        assertEquals(99, run(two, graph, new float[80])[7]);
        states.reset(graph);
        assertEquals(start[7], run(one, graph, new float[80])[7]);
        // The start itself is never written.
        assertArrayEquals(start, state.floats());
    }
}
