package dev.junco.converter.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.junco.converter.Net;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.graph.attributes.MatMulAttributes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatMulToDenseTest {
    private static final Pass PASS = new MatMulToDense();

    private final Net net = new Net(3);

    private Value product(String name, boolean transposed, Value x, Value b) {
        return net.add(name, new MatMulAttributes(false, transposed, Activation.NONE), x, b);
    }

    private Value biased(Value product, Value bias) {
        return net.add("biased", new BinaryAttributes(BinaryKind.ADD, Activation.RELU), bias, product);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMatrixBecomesADenseLayer(boolean transposed) {
        Value b = transposed ? net.weight("b", 1, 7, 5) : net.weight("b", 1, 5, 7);
        Graph after = Rewrites.close(PASS, net.outputs(product("y", transposed, net.input(3, 5), b)));
        assertEquals(List.of("FullyConnected"), Net.operators(after));
    }

    @Test
    void theBiasBehindItIsTheLayers() {
        Value y = biased(product("y", false, net.input(1, 5), net.weight("b", 1, 5, 7)), net.weight("bias", 1, 7));
        assertEquals(List.of("FullyConnected"), Net.operators(Rewrites.close(PASS, net.outputs(y))));
    }

    @Test
    void aSequenceIsLaidOutInRows() {
        Value x = net.input(2, 3, 4, 5);
        Value y = biased(product("y", false, x, net.weight("b", 1, 5, 7)), net.weight("bias", 1, 7));
        Graph after = Rewrites.close(PASS, net.outputs(y));
        assertEquals(List.of("Reshape", "FullyConnected", "Reshape"), Net.operators(after));
    }

    @Test
    void oneMatrixMayServeTwice() {
        Value b = net.weight("b", 1, 5, 5);
        Value y = product("second", false, product("first", false, net.input(1, 5), b), b);
        Graph after = Rewrites.close(PASS, net.outputs(y));
        assertEquals(List.of("FullyConnected", "FullyConnected"), Net.operators(after));
        Graph shared = new ShareConstants().apply(after);
        assertEquals(shared.nodes().get(0).input(1), shared.nodes().get(1).input(1));
    }

    @Test
    void leavesWhatIsComputedOrTurnedOrVariesInSize() {
        Value x = net.input(4, 4);
        Rewrites.none(PASS, net.outputs(product("y", false, x, x)));
        Net other = new Net(3);
        Rewrites.none(
                PASS,
                other.outputs(other.add(
                        "y",
                        new MatMulAttributes(true, false, Activation.NONE),
                        other.input(5, 2),
                        other.weight("b", 1, 5, 3))));
        Net resizable = new Net(3);
        Value rows = resizable.builder.input("x", TensorSpec.float32(Shape.of(1, 2, 5)), List.of(0, 9, 0));
        Rewrites.none(
                PASS,
                resizable.outputs(resizable.add(
                        "y",
                        new MatMulAttributes(false, false, Activation.NONE),
                        rows,
                        resizable.weight("b", 1, 5, 3))));
    }
}
