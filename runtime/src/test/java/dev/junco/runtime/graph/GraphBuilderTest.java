package dev.junco.runtime.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ActivationAttributes;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.graph.attributes.PadAttributes;
import dev.junco.runtime.graph.attributes.QuantizeAttributes;
import dev.junco.runtime.op.OperatorCatalog;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphBuilderTest {
    private static final ActivationAttributes RELU = new ActivationAttributes(Activation.RELU);
    private static final BinaryAttributes ADD = new BinaryAttributes(BinaryKind.ADD, Activation.NONE);

    private final GraphBuilder builder = new GraphBuilder("main", OperatorCatalog.standard());
    private final Value x = builder.input("x", TensorSpec.float32(Shape.of(2, 3)));

    private static void rejects(Runnable made, String part) {
        String message = assertThrows(GraphException.class, made::run).getMessage();
        assertTrue(message.contains(part), message);
    }

    @Test
    void aGraphKnowsItsParts() {
        Value c = builder.constant("c", Shape.of(3), 1, 2, 3);
        Value sum = builder.add("sum", ADD, x, c);
        Value y = builder.add("y", RELU, sum);
        builder.output("result", y);
        builder.output("again", y);
        Graph graph = builder.build();
        assertEquals(List.of(x), graph.inputs());
        assertEquals(List.of(y, y), graph.outputs());
        assertEquals("{result=y, again=y}", graph.outputNames().toString());
        assertEquals(sum, graph.value("sum"));
        assertNull(graph.value("nobody"));
        assertArrayEquals(new int[] {1, 1, 1, 2}, graph.useCounts());
        assertEquals("sum", graph.producers()[sum.id()].name());
        assertNull(graph.producers()[x.id()]);
        assertEquals(graph, builder.build());
    }

    @Test
    void aFinishedGraphDoesNotChange() {
        builder.output("y", builder.add("y", RELU, x));
        Graph graph = builder.build();
        builder.output("z", builder.add("z", RELU, x));
        assertEquals(1, graph.nodes().size());
        assertEquals(1, graph.outputs().size());
        assertThrows(UnsupportedOperationException.class, () -> graph.nodes().clear());
        assertThrows(UnsupportedOperationException.class, () -> graph.values().clear());
        assertThrows(
                UnsupportedOperationException.class, () -> graph.outputNames().clear());
    }

    @Test
    void rejectsNamesUsedTwice() {
        builder.add("y", RELU, x);
        rejects(() -> builder.add("y", RELU, x), "Relu 'y': another node has the same name");
        rejects(() -> builder.input("x", x.spec()), "another value is named 'x'; names have to be unique");
        rejects(() -> builder.add("x", RELU, x), "Relu 'x': another value is named 'x'");
        builder.output("out", x);
        rejects(() -> builder.output("out", x), "two outputs are named 'out'");
        assertEquals("y_1", builder.freeName("y"));
        assertEquals("free", builder.freeName("free"));
    }

    @Test
    void rejectsValuesOfAnotherGraph() {
        Value foreign =
                new GraphBuilder("other", OperatorCatalog.standard()).input("x", TensorSpec.float32(Shape.of(2, 3)));
        rejects(() -> builder.add("y", RELU, foreign), "Relu 'y': value 'x' belongs to another graph");
        rejects(() -> builder.output("y", foreign), "value 'x' belongs to another graph");
    }

    @Test
    void afterAnErrorTheGraphIsAsItWas() {
        rejects(() -> builder.add("y", ADD, x), "Add 'y': has 1 operand, expected 2");
        rejects(
                () -> builder.add("y", new QuantizeAttributes(), List.of(x), Quantization.NONE),
                "Quantize 'y': int8 tensor 'y'");
        rejects(
                () -> builder.add("y", new PadAttributes(List.of(1 << 30, 1), List.of(0, 0), 0), x),
                "Pad 'y': shape [1073741826, 4] has more than 2^31-1 elements");
        builder.output("y", builder.add("y", RELU, x));
        assertEquals(2, builder.build().values().size());
    }

    @Test
    void rejectsAGraphWithoutOutput() {
        rejects(builder::build, "graph 'main' has no output; declare one with output(name, value)");
    }

    @Test
    void rejectsConstantsThatDoNotFit() {
        TensorSpec two = TensorSpec.float32(Shape.of(2));
        rejects(() -> builder.constant("c", two, Constant.of(1f, 2f, 3f)), "'c' is float32 2 but its elements are");
        rejects(() -> builder.constant("d", two, Constant.of(1, 2)), "type and number have to agree");
        rejects(() -> builder.constant("e", two, null), "value 'e' is CONSTANT without elements");
        Value state = builder.state("s", two, null);
        assertNull(state.constant());
        rejects(() -> builder.copy(builder.add("y", RELU, x)), "is computed by a node; add the node instead");
    }
}
