package dev.junco.converter.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.junco.converter.Net;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Storage;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.graph.attributes.DynamicRoundAttributes;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class UndoDynamicRoundingTest {
    private final Net net = new Net(2);

    private static final Constant INTEGERS = Constant.of(
            Storage.SCALED_INT8, ByteBuffer.wrap(new byte[] {100, -20, 3, 4, 50, 60}), Quantization.perTensor(1, 0));

    /** y = (rounded(x) · W) · step · 0.1 of integer weights 2×3. */
    private Value hybrid(Value x) {
        List<Value> rounded = net.builder
                .addAll("rounded", new DynamicRoundAttributes(true), x)
                .outputs();
        Value weights = net.builder.constant("w", TensorSpec.float32(Shape.of(2, 3)), INTEGERS);
        Value sums = net.add("sums", new FullyConnectedAttributes(Activation.NONE), rounded.get(0), weights);
        Value scale = net.builder.constant("scale", Shape.of(2), 0.1f, 0.2f);
        Value scales = net.add("scales", multiply(), rounded.get(1), scale);
        return net.add("y", multiply(), sums, scales);
    }

    private static BinaryAttributes multiply() {
        return new BinaryAttributes(BinaryKind.MULTIPLY, Activation.NONE);
    }

    @Test
    void aHybridLayerIsOneLayerOfRealNumbers() {
        Graph source = net.outputs(hybrid(net.input(1, 3)));
        Graph after = Pipeline.forInt8().apply(source).graph();
        assertEquals(List.of("FullyConnected"), Net.operators(after));
        float[] y = Net.run(after, new float[] {1, 2, 3})[0];
        assertEquals(0.1 * (100 - 40 + 9), y[0], 1e-4);
        assertEquals(0.2 * (4 + 100 + 180), y[1], 1e-4);
    }

    @Test
    void whatUsesTheIntegersOtherwiseKeepsThem() {
        List<Value> rounded = net.builder
                .addAll("rounded", new DynamicRoundAttributes(true), net.input(1, 3))
                .outputs();
        Graph graph = net.outputs(net.activation("tanh", rounded.get(0), Activation.TANH), rounded.get(1));
        assertSame(graph, new UndoDynamicRounding().apply(graph));
    }
}
