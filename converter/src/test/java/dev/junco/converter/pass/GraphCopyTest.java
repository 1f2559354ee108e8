package dev.junco.converter.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.junco.converter.Net;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.DropoutAttributes;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphCopyTest {
    @Test
    void inputsMayStillVaryInSize() {
        Net net = new Net(1);
        Value x = net.builder.input("x", TensorSpec.float32(Shape.of(1, 4, 4, 3)), List.of(0, 16, 16, 0));
        Value y = net.add("drop", new DropoutAttributes(0.5f), net.activation("relu", x, Activation.RELU));
        Graph after = Pipeline.forDevices().apply(net.outputs(y)).graph();
        assertEquals(List.of("Activation"), Net.operators(after));
        assertEquals(List.of(0, 16, 16, 0), after.inputs().get(0).bounds());
    }
}
