package dev.junco.converter.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.junco.converter.Net;
import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.graph.attributes.Conv2DAttributes;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;
import dev.junco.runtime.graph.attributes.Padding;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldScaleAndShiftTest {
    private static final Pass PASS = new FoldScaleAndShift();

    private final Net net = new Net(5);

    private Value binary(String name, BinaryKind kind, Activation activation, Value a, Value b) {
        return net.add(name, new BinaryAttributes(kind, activation), a, b);
    }

    @ParameterizedTest
    @CsvSource({
        "ADD,true",
        "ADD,false",
        "SUBTRACT,true",
        "SUBTRACT,false",
        "MULTIPLY,true",
        "MULTIPLY,false",
        "DIVIDE,true"
    })
    void foldsArithmeticOfUnits(BinaryKind kind, boolean constantLast) {
        Value conv = net.conv("conv", net.input(1, 5, 5, 3), 4, 3, Padding.SAME, Activation.NONE);
        Value units = net.builder.constant("units", Shape.of(1, 1, 4), 0.5f, -2, 3, 1.5f);
        Value y = binary("y", kind, Activation.RELU, constantLast ? conv : units, constantLast ? units : conv);
        Graph after = Rewrites.close(PASS, net.outputs(y));
        assertEquals(List.of("Conv2D"), Net.operators(after));
        assertEquals(Activation.RELU, ((Conv2DAttributes) after.nodes().get(0).attributes()).activation());
    }

    @Test
    void givesALayerWithoutBiasOne() {
        Value dense = net.add(
                "dense", new FullyConnectedAttributes(Activation.NONE), net.input(1, 4), net.weight("w", 1, 3, 4));
        Value shifted = binary("y", BinaryKind.ADD, Activation.NONE, dense, net.weight("b", 1, 3));
        Graph after = Rewrites.close(PASS, net.outputs(shifted));
        assertEquals(3, after.nodes().get(0).inputs().size());
    }

    @Test
    void foldsAChain() {
        Value dense = net.dense("dense", net.input(1, 4), 3, Activation.NONE);
        Value scaled = binary("scaled", BinaryKind.MULTIPLY, Activation.NONE, dense, net.weight("scale", 1, 1, 3));
        Value shifted = binary("y", BinaryKind.ADD, Activation.TANH, scaled, net.weight("shift", 1, 1));
        Graph once = PASS.apply(net.outputs(shifted));
        assertEquals(List.of("FullyConnected"), Net.operators(Rewrites.close(PASS, once)));
    }

    @Test
    void leavesWhatIsNoConstantOfUnits() {
        Value x = net.input(1, 4, 4, 4);
        Value conv = net.conv("conv", x, 4, 3, Padding.SAME, Activation.NONE);
        Value columns = net.weight("columns", 1, 4, 1);
        Value rest = net.weight("rest", 1, 1, 4, 4, 4);
        Value a = binary("a", BinaryKind.MULTIPLY, Activation.NONE, conv, columns);
        Value b = binary(
                "b", BinaryKind.ADD, Activation.NONE, net.conv("c2", a, 4, 1, Padding.SAME, Activation.NONE), rest);
        Rewrites.none(PASS, net.outputs(b));
    }

    @Test
    void leavesWhatDividesByTheLayerOrByZero() {
        Value x = net.input(1, 4);
        Value one = net.builder.constant("one", Shape.of(1), 1);
        Value zero = net.builder.constant("zero", Shape.of(1), 0);
        Value a = binary("a", BinaryKind.DIVIDE, Activation.NONE, one, net.dense("d1", x, 3, Activation.NONE));
        Value b = binary("b", BinaryKind.DIVIDE, Activation.NONE, net.dense("d2", x, 3, Activation.NONE), zero);
        Rewrites.none(PASS, net.outputs(a, b));
    }

    @Test
    void leavesALayerThatIsWidened() {
        Value dense = net.dense("dense", net.input(1, 4), 1, Activation.NONE);
        Rewrites.none(PASS, net.outputs(binary("y", BinaryKind.ADD, Activation.NONE, dense, net.weight("b", 1, 3))));
    }
}
