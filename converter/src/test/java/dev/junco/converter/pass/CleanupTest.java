package dev.junco.converter.pass;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.converter.Net;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.graph.attributes.ConcatAttributes;
import dev.junco.runtime.graph.attributes.DropoutAttributes;
import dev.junco.runtime.graph.attributes.PadAttributes;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import dev.junco.runtime.graph.attributes.TransposeAttributes;
import java.util.List;
import org.junit.jupiter.api.Test;

class CleanupTest {
    private static final BinaryAttributes ADD = new BinaryAttributes(BinaryKind.ADD, Activation.NONE);

    private final Net net = new Net(3);

    @Test
    void removesFactorsOfOneAndAxesInOrder() {
        Value x = net.input(2, 3);
        Value same = net.add("same", new TransposeAttributes(List.of(0, 1)), net.activation("a", x, Activation.TANH));
        Value ones = net.builder.constant("ones", Shape.of(3), 1, 1, 1);
        Value b = net.add("b", new BinaryAttributes(BinaryKind.MULTIPLY, Activation.NONE), same, ones);
        Value c = net.add("c", new BinaryAttributes(BinaryKind.DIVIDE, Activation.NONE), b, ones);
        Graph after = Rewrites.exact(new RemoveIdentities(), net.outputs(net.activation("y", c, Activation.RELU)));
        assertEquals(List.of("Activation", "Activation"), Net.operators(after));
    }

    @Test
    void keepsFactorsOfOneThatWiden() {
        Value x = net.activation("a", net.input(1, 3), Activation.TANH);
        Value ones = net.builder.constant("ones", Shape.of(2, 1), 1, 1);
        Rewrites.none(
                new RemoveIdentities(),
                net.outputs(net.add("y", new BinaryAttributes(BinaryKind.MULTIPLY, Activation.NONE), x, ones)));
    }

    @Test
    void parametersBecomeConstants() {
        Graph after = Rewrites.exact(
                new FreezeParameters(), net.outputs(net.dense("d", net.input(1, 4), 3, Activation.RELU)));
        assertSame(Role.CONSTANT, after.value("d/kernel").role());
        assertSame(Role.CONSTANT, after.value("d/bias").role());
    }

    @Test
    void identitiesVanish() {
        Value a = net.dense("a", net.input(1, 4), 6, Activation.RELU);
        a = net.add("drop", new DropoutAttributes(0.5f), a);
        a = net.activation("identity", a, Activation.NONE);
        a = net.add("same", new ReshapeAttributes(List.of(0, 6)), a);
        a = net.add("nothing", new PadAttributes(List.of(0, 0), List.of(0, 0), 0), a);
        a = net.add("alone", new ConcatAttributes(1), a);
        Graph after = Rewrites.exact(new RemoveIdentities(), net.outputs(a));
        assertEquals(List.of("FullyConnected"), Net.operators(after));
    }

    @Test
    void realReshapesAndPaddingStay() {
        Value a = net.dense("a", net.input(1, 4), 6, Activation.RELU);
        a = net.add("fold", new ReshapeAttributes(List.of(0, 2, 3)), a);
        Rewrites.none(
                new RemoveIdentities(),
                net.outputs(net.add("pad", new PadAttributes(List.of(0, 1, 0), List.of(0, 0, 0), 0), a)));
    }

    @Test
    void dropoutThatMakesAnInputAnOutputStays() {
        Value x = net.input(1, 4);
        Rewrites.none(new RemoveIdentities(), net.outputs(net.add("drop", new DropoutAttributes(0.5f), x)));
    }

    @Test
    void ofTwoIdentitiesBetweenInputAndOutputOneStays() {
        Value x = net.input(1, 4);
        Value drop = net.add("drop", new DropoutAttributes(0.5f), x);
        Graph after = Rewrites.exact(
                new RemoveIdentities(), net.outputs(net.add("again", new DropoutAttributes(0.5f), drop)));
        assertEquals(1, after.nodes().size());
    }

    @Test
    void nodesOfConstantsAreComputed() {
        Value two = net.builder.constant("two", Shape.of(3), 1, 2, 3);
        Value sum = net.add("sum", ADD, two, net.builder.constant("more", Shape.of(3), 10, 20, 30));
        Value tanh = net.activation("tanh", sum, Activation.TANH);
        Value x = net.input(1, 3);
        Graph after =
                Rewrites.exact(new FoldConstants(), net.outputs(net.add("y", ADD, net.add("z", ADD, x, tanh), sum)));
        assertEquals(List.of("Binary", "Binary"), Net.operators(after));
        assertArrayEquals(new float[] {11, 22, 33}, after.value("sum").floats());
        assertTrue(after.value("tanh").isConstant());
        assertNull(after.value("two"));
    }

    @Test
    void aConstantOutputStaysComputed() {
        Value sum = net.add("sum", ADD, net.weight("a", 1, 3), net.weight("b", 1, 3));
        Rewrites.none(new FoldConstants(), net.outputs(net.dense("d", net.input(1, 4), 3, Activation.RELU), sum));
    }

    @Test
    void deadNodesAndConstantsVanish() {
        Value x = net.input(1, 4);
        net.weight("unused", 1, 5);
        net.activation("dead2", net.dense("dead1", x, 5, Activation.RELU), Activation.TANH);
        Graph after = Rewrites.exact(new RemoveDeadNodes(), net.outputs(net.dense("live", x, 3, Activation.RELU)));
        assertEquals(List.of("FullyConnected"), Net.operators(after));
        assertNull(after.value("unused"));
        assertNull(after.value("dead1/kernel"));
    }

    @Test
    void unusedInputsStay() {
        net.builder.input("other", TensorSpec.float32(Shape.of(1, 2)));
        Value x = net.input(1, 4);
        net.dense("dead", x, 5, Activation.RELU);
        Graph after = new RemoveDeadNodes().apply(net.outputs(net.dense("live", x, 3, Activation.RELU)));
        assertEquals(2, after.inputs().size());
    }

    @Test
    void liveGraphsStayAsTheyAre() {
        Rewrites.none(new RemoveDeadNodes(), net.outputs(net.dense("live", net.input(1, 4), 3, Activation.RELU)));
    }

    @Test
    void equalConstantsAreShared() {
        Value x = net.input(1, 3);
        Value a = net.builder.constant("a", Shape.of(3), 1, 2, 3);
        Value b = net.builder.constant("b", Shape.of(3), 1, 2, 3);
        Value otherShape = net.builder.constant("c", Shape.of(1, 3), 1, 2, 3);
        Value y = net.add("u", ADD, net.add("v", ADD, net.add("w", ADD, x, a), b), otherShape);
        Graph after = Rewrites.exact(new ShareConstants(), net.outputs(y));
        assertSame(Net.node(after, "w").input(1), Net.node(after, "v").input(1));
        assertEquals("c", Net.node(after, "u").input(1).name());
        assertNull(after.value("b"));
    }

    @Test
    void differentConstantsStay() {
        Value x = net.input(1, 3);
        Value a = net.builder.constant("a", Shape.of(3), 0f, 2, 3);
        Value b = net.builder.constant("b", Shape.of(3), -0f, 2, 3);
        Rewrites.none(new ShareConstants(), net.outputs(net.add("v", ADD, net.add("w", ADD, x, a), b)));
    }
}
