package dev.junco.converter.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.junco.converter.Net;
import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.BatchNormAttributes;
import dev.junco.runtime.graph.attributes.Conv2DAttributes;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;
import dev.junco.runtime.graph.attributes.Padding;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import dev.junco.runtime.graph.attributes.TransposeConv2DAttributes;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoldBatchNormTest {
    private static final Pass BACK = new FoldBatchNormIntoProducer();
    private static final Pass FORWARD = new FoldBatchNormIntoUser();

    private final Net net = new Net(7);

    @Test
    void foldsIntoADenseLayer() {
        Value x = net.input(1, 12);
        Graph after =
                Rewrites.close(BACK, net.outputs(net.batchNorm("norm", net.dense("dense", x, 5, Activation.NONE))));
        assertEquals(List.of("FullyConnected"), Net.operators(after));
        assertEquals("norm", Net.node(after, "dense").output().name());
        assertEquals("dense/kernel", Net.node(after, "dense").input(1).name());
    }

    @Test
    void foldsIntoAConvolution() {
        Value x = net.input(1, 5, 5, 3);
        Value y = net.batchNorm("norm", net.conv("conv", x, 4, 3, Padding.SAME, Activation.NONE));
        assertEquals(List.of("Conv2D"), Net.operators(Rewrites.close(BACK, net.outputs(y))));
    }

    @Test
    void foldsIntoADepthwiseConvolution() {
        Value x = net.input(1, 5, 5, 3);
        Value y = net.batchNorm("norm", net.depthwise("depthwise", x, 2, Padding.SAME, Activation.NONE));
        assertEquals(List.of("DepthwiseConv2D"), Net.operators(Rewrites.close(BACK, net.outputs(y))));
    }

    @Test
    void foldsIntoATransposedConvolution() {
        TransposeConv2DAttributes apart = new TransposeConv2DAttributes(3, 3, 1, 1, 0, 1, 12, 10, 2, Activation.NONE);
        Value x = net.input(1, 4, 3, 4);
        Value y = net.batchNorm("norm", net.add("up", apart, x, net.weight("w", 1, 6, 2, 2, 2)));
        Graph after = Rewrites.close(BACK, net.outputs(y));
        assertEquals(List.of("TransposeConv2D"), Net.operators(after));
    }

    @Test
    void givesALayerWithoutBiasOne() {
        Value x = net.input(1, 4);
        Value dense = net.add("dense", new FullyConnectedAttributes(Activation.NONE), x, net.weight("w", 1, 3, 4));
        Graph after = Rewrites.close(BACK, net.outputs(net.batchNorm("norm", dense)));
        Node folded = Net.node(after, "dense");
        assertEquals(3, folded.inputs().size());
        assertEquals("dense/bias", folded.input(2).name());
    }

    @Test
    void foldsSharedWeightsIntoACopy() {
        Value x = net.input(1, 4);
        Value w = net.weight("w", 1, 4, 4);
        Value a = net.add("a", new FullyConnectedAttributes(Activation.NONE), x, w);
        Value b = net.add("b", new FullyConnectedAttributes(Activation.NONE), net.batchNorm("norm", a), w);
        Graph after = Rewrites.close(BACK, net.outputs(b));
        assertEquals(List.of("FullyConnected", "FullyConnected"), Net.operators(after));
    }

    @Test
    void foldsTwoNormalisationsInTurn() {
        Value x = net.input(1, 4);
        Value y = net.batchNorm("second", net.batchNorm("first", net.dense("dense", x, 5, Activation.NONE)));
        Graph once = BACK.apply(net.outputs(y));
        assertEquals(List.of("FullyConnected"), Net.operators(Rewrites.close(BACK, once)));
    }

    @Test
    void leavesALayerWithAnActivation() {
        Value x = net.input(1, 4);
        Rewrites.none(BACK, net.outputs(net.batchNorm("norm", net.dense("dense", x, 5, Activation.RELU))));
    }

    @Test
    void leavesALayerWhoseResultIsUsedTwice() {
        Value x = net.input(1, 4);
        Value dense = net.dense("dense", x, 5, Activation.NONE);
        Value more = net.activation("more", dense, Activation.RELU);
        Rewrites.none(BACK, net.outputs(net.batchNorm("norm", dense), more));
    }

    @Test
    void leavesALayerWhoseResultIsAnOutput() {
        Value dense = net.dense("dense", net.input(1, 4), 5, Activation.NONE);
        Rewrites.none(BACK, net.outputs(net.batchNorm("norm", dense), dense));
    }

    @Test
    void foldsForwardIntoADenseLayer() {
        Value x = net.input(1, 12);
        Value y = net.dense("dense", net.batchNorm("norm", x), 5, Activation.TANH);
        assertEquals(List.of("FullyConnected"), Net.operators(Rewrites.close(FORWARD, net.outputs(y))));
    }

    @Test
    void foldsForwardThroughFlatten() {
        Value x = net.input(1, 4, 4, 3);
        Value flat = net.add("flat", ReshapeAttributes.FLATTEN, net.batchNorm("norm", x));
        Graph after = Rewrites.close(FORWARD, net.outputs(net.dense("dense", flat, 5, Activation.RELU)));
        assertEquals(List.of("Reshape", "FullyConnected"), Net.operators(after));
    }

    @Test
    void foldsForwardIntoAConvolutionThatDoesNotPad() {
        Value x = net.input(1, 5, 5, 3);
        Value y = net.conv("conv", net.batchNorm("norm", x), 4, 3, Padding.VALID, Activation.RELU);
        assertEquals(List.of("Conv2D"), Net.operators(Rewrites.close(FORWARD, net.outputs(y))));
    }

    @Test
    void foldsForwardIntoAGroupedConvolution() {
        Value x = net.input(1, 5, 5, 4);
        Value y = net.add(
                "conv",
                new Conv2DAttributes(1, 1, 1, 1, Padding.VALID, 2, Activation.NONE),
                net.batchNorm("norm", x),
                net.weight("w", 1, 6, 3, 3, 2));
        assertEquals(List.of("Conv2D"), Net.operators(Rewrites.close(FORWARD, net.outputs(y))));
    }

    @Test
    void foldsForwardIntoADepthwiseConvolution() {
        Value x = net.input(1, 5, 5, 3);
        Value y = net.depthwise("depthwise", net.batchNorm("norm", x), 2, Padding.VALID, Activation.NONE);
        assertEquals(List.of("DepthwiseConv2D"), Net.operators(Rewrites.close(FORWARD, net.outputs(y))));
    }

    @Test
    void leavesAShiftBeforeAConvolutionThatPads() {
        Value x = net.input(1, 5, 5, 3);
        Rewrites.none(
                FORWARD, net.outputs(net.conv("conv", net.batchNorm("norm", x), 4, 3, Padding.SAME, Activation.NONE)));
    }

    @Test
    void foldsAScaleWithoutShiftIntoAConvolutionThatPads() {
        Value x = net.input(1, 5, 5, 3);
        Value zeros = net.builder.constant("zeros", Shape.of(3), 0, 0, 0);
        Value ones = net.builder.constant("ones", Shape.of(3), 1, 1, 1);
        Value scaled = net.add("norm", new BatchNormAttributes(0), x, net.weight("gamma", 1, 3), zeros, zeros, ones);
        Graph graph = net.outputs(net.conv("conv", scaled, 4, 3, Padding.SAME, Activation.NONE));
        assertEquals(List.of("Conv2D"), Net.operators(Rewrites.close(FORWARD, graph)));
    }

    @Test
    void leavesANormalisationThatIsUsedTwice() {
        Value norm = net.batchNorm("norm", net.input(1, 6));
        Rewrites.none(FORWARD, net.outputs(net.dense("dense", norm, 5, Activation.NONE), norm));
    }
}
