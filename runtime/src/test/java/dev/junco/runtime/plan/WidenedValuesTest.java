package dev.junco.runtime.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.graph.attributes.Conv2DAttributes;
import dev.junco.runtime.graph.attributes.Padding;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import dev.junco.runtime.kernel.KernelProviders;
import dev.junco.runtime.kernel.KernelSource;
import dev.junco.runtime.kernel.Kernels;
import dev.junco.runtime.op.ByteRef;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.OperatorCatalog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WidenedValuesTest {
    private static final int GRAPHS = 1200;
    private static final OperatorCatalog CATALOG = OperatorCatalog.standard();
    private static final Quantization SCALE = Quantization.perTensor(0.05f, 3);

    /** An output lies in bytes, so where all values are outputs none is widened. */
    @Test
    void widenedValuesGiveTheBitsOfBytes() {
        List<Kernels> flavours = new ArrayList<>(List.of(KernelProviders.plain()));
        KernelProviders.vector().ifPresent(flavours::add);
        int widened = 0;
        for (long seed = 0; seed < GRAPHS; seed++) {
            Graph graph = RandomGraphs.of(seed);
            Graph open = RandomGraphs.open(seed);
            Plan plan = MemoryPlanner.plan(graph, CATALOG);
            for (Value value : graph.values()) {
                widened += plan.storage().isWidened(value) ? 1 : 0;
            }
            for (Value value : open.values()) {
                assertEquals(false, MemoryPlanner.plan(open, CATALOG).storage().isWidened(value));
            }
            for (Kernels kernels : flavours) {
                List<Object> found = outputs(graph, kernels, seed);
                List<Object> expected = outputs(open, kernels, seed);
                for (int i = 0; i < found.size(); i++) {
                    String what = "seed " + seed + ", output " + i + ", " + kernels;
                    if (found.get(i) instanceof byte[] bytes) {
                        assertArrayEquals((byte[]) expected.get(i), bytes, what);
                    } else {
                        assertArrayEquals((float[]) expected.get(i), (float[]) found.get(i), what);
                    }
                }
            }
        }
        assertTrue(widened > GRAPHS / 6, "only " + widened + " values are widened: they prove little");
    }

    @Test
    void resultsBetweenProductsAreWidenedAndInputsAndOutputsAreNot() {
        GraphBuilder builder = new GraphBuilder("chain", CATALOG);
        Value x = builder.input("x", TensorSpec.int8(Shape.of(1, 4, 4, 3), SCALE));
        Value first = convolution(builder, "first", x);
        Value second = convolution(builder, "second", first);
        Value sum = builder.add(
                "sum", new BinaryAttributes(BinaryKind.ADD, Activation.NONE), List.of(first, second), SCALE);
        Value reshaped = builder.add("reshaped", new ReshapeAttributes(List.of(1, 2, 8, 3)), List.of(sum), SCALE);
        Value third = convolution(builder, "third", reshaped);
        builder.output("y", third);
        Graph graph = builder.build();
        Plan plan = MemoryPlanner.plan(graph, CATALOG);
        List<String> widened = new ArrayList<>();
        for (Value value : graph.values()) {
            if (plan.storage().isWidened(value)) {
                widened.add(value.name());
            }
        }
        assertEquals(List.of("first", "second", "sum", "reshaped"), widened);
    }

    /** A sum of a widened value and an input would have to read both floats and bytes. */
    @Test
    void operandsOfASumAreWidenedTogetherOrNotAtAll() {
        GraphBuilder builder = new GraphBuilder("chain", CATALOG);
        Value x = builder.input("x", TensorSpec.int8(Shape.of(1, 4, 4, 3), SCALE));
        Value first = convolution(builder, "first", x);
        Value sum = builder.add("sum", new BinaryAttributes(BinaryKind.ADD, Activation.NONE), List.of(first, x), SCALE);
        Value last = convolution(builder, "last", sum);
        builder.output("y", last);
        Plan plan = MemoryPlanner.plan(builder.build(), CATALOG);
        for (Value value : plan.graph().values()) {
            assertEquals(false, plan.storage().isWidened(value), value.name());
        }
    }

    private static Value convolution(GraphBuilder builder, String name, Value x) {
        byte[] weights = new byte[3 * 3 * 3 * 3];
        Arrays.fill(weights, (byte) 5);
        TensorSpec spec = TensorSpec.int8(Shape.of(3, 3, 3, 3), Quantization.perTensor(0.01f, 0));
        Value w = builder.parameter(name + "/w", spec, Constant.of(weights));
        return builder.add(name, Conv2DAttributes.of(1, 1, Padding.SAME, Activation.NONE), List.of(x, w), SCALE);
    }

    private static List<Object> outputs(Graph graph, Kernels kernels, long seed) {
        WeightStore weights = new WeightStore(KernelSource.fixed(kernels));
        Plan plan = MemoryPlanner.plan(graph, CATALOG);
        Execution execution = new Execution(plan, CATALOG, weights, new States(graph), new WorkerTeam(1));
        Random random = new Random(seed);
        for (Value input : graph.inputs()) {
            for (int i = 0; i < input.shape().elements(); i++) {
                if (input.type() == DType.FLOAT32) {
                    FloatRef ref = execution.floats(input);
                    ref.array()[ref.offset() + i] = (float) random.nextGaussian();
                } else {
                    ByteRef ref = execution.bytes(input);
                    ref.array()[ref.offset() + i] = (byte) random.nextInt();
                }
            }
        }
        execution.run();
        List<Object> results = new ArrayList<>();
        for (Value output : graph.outputs()) {
            int n = output.shape().elements();
            if (output.type() == DType.FLOAT32) {
                FloatRef ref = execution.floats(output);
                results.add(Arrays.copyOfRange(ref.array(), ref.offset(), ref.offset() + n));
            } else {
                ByteRef ref = execution.bytes(output);
                results.add(Arrays.copyOfRange(ref.array(), ref.offset(), ref.offset() + n));
            }
        }
        return results;
    }
}
