package dev.junco.runtime.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.ArenaSize;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ActivationAttributes;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.graph.attributes.ConcatAttributes;
import dev.junco.runtime.graph.attributes.Conv2DAttributes;
import dev.junco.runtime.graph.attributes.DropoutAttributes;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;
import dev.junco.runtime.graph.attributes.Padding;
import dev.junco.runtime.graph.attributes.Pool2DAttributes;
import dev.junco.runtime.graph.attributes.PoolKind;
import dev.junco.runtime.graph.attributes.QuantizeAttributes;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import dev.junco.runtime.graph.attributes.SoftmaxAttributes;
import dev.junco.runtime.op.OperatorCatalog;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryPlannerTest {
    private static final ActivationAttributes RELU = new ActivationAttributes(Activation.RELU);
    private static final DropoutAttributes SAME = new DropoutAttributes(0.5f);
    private static final BinaryAttributes ADD = new BinaryAttributes(BinaryKind.ADD, Activation.NONE);
    private static final SoftmaxAttributes SOFTMAX = new SoftmaxAttributes(1);

    private final GraphBuilder builder = new GraphBuilder("test", OperatorCatalog.standard());

    private Value input(int... dims) {
        return builder.input("x", TensorSpec.float32(Shape.of(dims)));
    }

    private Plan plan(Value... outputs) {
        for (Value output : outputs) {
            builder.output(output.name(), output);
        }
        return MemoryPlanner.plan(builder.build(), OperatorCatalog.standard());
    }

    private static int offset(Plan plan, Value value) {
        return plan.offsets()[value.id()];
    }

    /** The memory bill of a small network, by hand; floats begin 12 elements from the start of their arena. */
    @Test
    void theBillOfASmallNetworkIsKnown() {
        Value image = input(1, 8, 8, 1);
        Value filters = builder.constant("filters", Shape.of(4, 3, 3, 1), new float[36]);
        Value dense = builder.constant("dense", Shape.of(10, 64), new float[640]);
        Value conv = builder.add("conv", Conv2DAttributes.of(1, 1, Padding.SAME, Activation.RELU), image, filters);
        Pool2DAttributes pooling =
                new Pool2DAttributes(PoolKind.MAX, 2, 2, 2, 2, Padding.VALID, false, Activation.NONE);
        Value pool = builder.add("pool", pooling, conv);
        Value flat = builder.add("flat", ReshapeAttributes.FLATTEN, pool);
        Value logits = builder.add("logits", new FullyConnectedAttributes(Activation.NONE), flat, dense);
        Value y = builder.add("y", SOFTMAX, logits);
        Plan plan = plan(y);

        assertEquals(
                List.of(
                        new Buffer("x", DType.FLOAT32, 12 + 368, 64, -1, 5),
                        new Buffer("conv", DType.FLOAT32, 12, 256, 0, 1),
                        new Buffer("pool", DType.FLOAT32, 12 + 256, 64, 1, 3),
                        new Buffer("logits", DType.FLOAT32, 12, 10, 3, 5),
                        new Buffer("conv (scratch)", DType.FLOAT32, 12 + 256, 100, 0, 0)),
                plan.buffers());
        assertEquals(new ArenaSize(4 * (12 + 432), 0, 0, 0), plan.size());
        assertEquals(-1, offset(plan, filters));
        assertEquals(12 + 256, offset(plan, flat));
        assertEquals(12, offset(plan, y));
    }

    @Test
    void eachTypeHasItsArena() {
        Value x = input(1, 100);
        Value q = builder.add("q", new QuantizeAttributes(), List.of(x), Quantization.perTensor(0.1f, 0));
        Value more = builder.add("more", new QuantizeAttributes(), List.of(q), Quantization.perTensor(0.2f, 0));
        assertEquals(new ArenaSize(48 + 400, 228, 0, 0), plan(more).size());
    }

    @Test
    void anInPlaceChainIsOneBuffer() {
        Value first = builder.add("first", SOFTMAX, input(2, 50));
        Value last = first;
        for (int i = 0; i < 20; i++) {
            last = builder.add("relu" + i, RELU, last);
        }
        Plan plan = plan(last);
        assertEquals(offset(plan, first), offset(plan, last));
        assertEquals(2, plan.buffers().size());
    }

    @Test
    void nothingOverwritesAnInput() {
        Value x = input(2, 8);
        Value alias = builder.add("alias", SAME, x);
        Value y = builder.add("y", RELU, alias);
        Plan plan = plan(y);
        assertEquals(offset(plan, x), offset(plan, alias));
        assertNotEquals(offset(plan, x), offset(plan, y));
    }

    @Test
    void nothingOverwritesAnOutput() {
        Value first = builder.add("first", SOFTMAX, input(2, 8));
        Value y = builder.add("y", RELU, first);
        Plan plan = plan(first, y);
        assertNotEquals(offset(plan, first), offset(plan, y));
    }

    @Test
    void nothingOverwritesWhatAnAliasNeedsLater() {
        Value first = builder.add("first", SOFTMAX, input(2, 8));
        Value alias = builder.add("alias", new ReshapeAttributes(List.of(16)), first);
        Value y = builder.add("y", RELU, first);
        Value z = builder.add("z", RELU, alias);
        Plan plan = plan(y, z);
        assertNotEquals(offset(plan, first), offset(plan, y));
        assertEquals(offset(plan, alias), offset(plan, z));
    }

    @Test
    void aSumTakesTheOperandThatIsNeededNoMore() {
        Value x = input(2, 8);
        Value a = builder.add("a", SOFTMAX, x);
        Value b = builder.add("b", SOFTMAX, a);
        Value sum = builder.add("sum", ADD, a, b);
        Value more = builder.add("more", ADD, sum, a);
        Plan plan = plan(more);
        assertEquals(offset(plan, b), offset(plan, sum));
        assertEquals(offset(plan, sum), offset(plan, more));
        assertNotEquals(offset(plan, a), offset(plan, sum));
    }

    @Test
    void aSumOfAValueWithItselfMayRunInPlaceButNotWithItsAlias() {
        Value a = builder.add("a", SOFTMAX, input(2, 8));
        Value twice = builder.add("twice", ADD, a, a);
        Value alias = builder.add("alias", new ReshapeAttributes(List.of(1, 2, 8)), twice);
        Value sum = builder.add("sum", ADD, twice, alias);
        Plan plan = plan(sum);
        assertEquals(offset(plan, a), offset(plan, twice));
        assertEquals(offset(plan, twice), offset(plan, alias));
        assertNotEquals(offset(plan, alias), offset(plan, sum));
    }

    @Test
    void aBroadcastOperandIsNotOverwritten() {
        Value small = builder.add("small", SOFTMAX, input(1, 8));
        Value big = builder.add("big", new ConcatAttributes(0), small, small);
        Value sum = builder.add("sum", ADD, small, big);
        Plan plan = plan(sum);
        assertEquals(offset(plan, big), offset(plan, sum));
        assertNotEquals(offset(plan, small), offset(plan, sum));
    }

    @Test
    void aReshapedInputThatIsAnOutputIsTheInput() {
        Value x = input(2, 8);
        Value y = builder.add("y", ReshapeAttributes.FLATTEN, builder.add("alias", SAME, x));
        Plan plan = plan(y, x);
        assertEquals(offset(plan, x), offset(plan, y));
        assertEquals(48 + 64, plan.size().totalBytes());
    }

    @Test
    void aReshapedConstantHasMemoryOfItsOwn() {
        Value constant = builder.constant("c", Shape.of(2, 2), 1, 2, 3, 4);
        Value flat = builder.add("flat", new ReshapeAttributes(List.of(4)), constant);
        Value y = builder.add("y", RELU, flat);
        Plan plan = plan(y);
        assertEquals(-1, offset(plan, constant));
        assertEquals(offset(plan, flat), offset(plan, y));
    }

    @Test
    void aValueThatNobodyReadsHasMemoryWhileItIsWritten() {
        Value x = input(1, 8);
        Value unused = builder.add("unused", SOFTMAX, x);
        Value y = builder.add("y", SOFTMAX, x);
        Plan plan = plan(y);
        assertEquals(offset(plan, unused), offset(plan, y));
        assertNotEquals(offset(plan, unused), offset(plan, x));
    }

    @Test
    void rejectsAnArenaBeyondAllArrays() {
        Graph graph = hugeGraph();
        GraphException e =
                assertThrows(GraphException.class, () -> MemoryPlanner.plan(graph, OperatorCatalog.standard()));
        assertTrue(e.getMessage().contains("more than 2^31 elements of type FLOAT32"), e.getMessage());
    }

    private Graph hugeGraph() {
        Value x = input(1 << 15, 1 << 15);
        Value a = builder.add("a", SOFTMAX, x);
        Value b = builder.add("b", SOFTMAX, x);
        builder.output("y", builder.add("y", ADD, a, b));
        return builder.build();
    }
}
