package dev.junco.converter.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.junco.converter.Net;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.graph.attributes.Conv2DAttributes;
import dev.junco.runtime.graph.attributes.DepthwiseConv2DAttributes;
import dev.junco.runtime.graph.attributes.MatMulAttributes;
import dev.junco.runtime.graph.attributes.PadAttributes;
import dev.junco.runtime.graph.attributes.Padding;
import dev.junco.runtime.graph.attributes.TransposeConv2DAttributes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FuseTest {
    private static final Pass ACTIVATIONS = new FuseActivations();
    private static final Pass PADDING = new FusePadding();

    private final Net net = new Net(11);

    @ParameterizedTest
    @EnumSource(
            value = Activation.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE"})
    void fusesEveryFunctionIntoEveryLayer(Activation function) {
        Value x = net.input(1, 6, 6, 3);
        Value a = net.activation("a", net.conv("conv", x, 4, 3, Padding.SAME, Activation.NONE), function);
        Value b = net.activation("b", net.depthwise("depthwise", a, 1, Padding.SAME, Activation.NONE), function);
        Value c = net.activation("c", net.maxPool("pool", b), function);
        Value half = net.weight("half", 1, 4);
        Value d = net.activation(
                "d", net.add("add", new BinaryAttributes(BinaryKind.ADD, Activation.NONE), c, half), function);
        Value e = net.activation("e", net.dense("dense", d, 7, Activation.NONE), function);
        Graph after = Rewrites.exact(ACTIVATIONS, net.outputs(e));
        assertEquals(List.of("Conv2D", "DepthwiseConv2D", "Pool2D", "Binary", "FullyConnected"), Net.operators(after));
        assertEquals("e", Net.node(after, "dense").output().name());
    }

    @ParameterizedTest
    @EnumSource(
            value = Activation.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE"})
    void fusesEveryFunctionIntoProductsOfMatricesAndTransposedConvolutions(Activation function) {
        TransposeConv2DAttributes twice = new TransposeConv2DAttributes(2, 2, 1, 1, 0, 0, 7, 9, 1, Activation.NONE);
        Value a = net.add("transposed", twice, net.input(1, 3, 4, 2), net.weight("w", 1, 3, 3, 3, 2));
        Value b = net.add(
                "product",
                new MatMulAttributes(false, true, Activation.NONE),
                net.activation("a", a, function),
                net.weight("b", 1, 4, 3));
        Graph after = Rewrites.exact(ACTIVATIONS, net.outputs(net.activation("y", b, function)));
        assertEquals(List.of("TransposeConv2D", "MatMul"), Net.operators(after));
    }

    @Test
    void leavesALayerThatHasAnActivation() {
        Value dense = net.dense("dense", net.input(1, 4), 5, Activation.RELU);
        Rewrites.none(ACTIVATIONS, net.outputs(net.activation("tanh", dense, Activation.TANH)));
    }

    @Test
    void leavesALayerWhoseResultIsUsedTwice() {
        Value dense = net.dense("dense", net.input(1, 4), 5, Activation.NONE);
        Value relu = net.activation("relu", dense, Activation.RELU);
        Value tanh = net.activation("tanh", dense, Activation.TANH);
        Rewrites.none(ACTIVATIONS, net.outputs(relu, tanh));
    }

    @Test
    void leavesALayerWhoseResultIsAnOutput() {
        Value dense = net.dense("dense", net.input(1, 4), 5, Activation.NONE);
        Rewrites.none(ACTIVATIONS, net.outputs(net.activation("relu", dense, Activation.RELU), dense));
    }

    @Test
    void fusesOnlyTheFirstOfTwoActivations() {
        Value dense = net.dense("dense", net.input(1, 4), 5, Activation.NONE);
        Value y = net.activation("tanh", net.activation("relu", dense, Activation.RELU), Activation.TANH);
        Graph after = Rewrites.exact(ACTIVATIONS, net.outputs(y));
        assertEquals(List.of("FullyConnected", "Activation"), Net.operators(after));
    }

    @Test
    void separatesCurvesAndLeavesClamps() {
        Value a = net.dense("a", net.input(1, 4), 5, Activation.SIGMOID);
        Value b = net.dense("b", a, 5, Activation.RELU);
        Value c = net.dense("c", b, 5, Activation.TANH);
        Graph after = Rewrites.exact(new SeparateCurves(), net.outputs(c));
        assertEquals(
                List.of("FullyConnected", "Activation", "FullyConnected", "FullyConnected", "Activation"),
                Net.operators(after));
        assertEquals("c", after.outputNames().get("y"));
    }

    @Test
    void fusesPaddingIntoAConvolution() {
        Value pad = pad(net.input(1, 5, 5, 3), 0, 1, 2, 0);
        Graph after = Rewrites.exact(PADDING, net.outputs(net.conv("conv", pad, 4, 3, Padding.VALID, Activation.RELU)));
        assertEquals(List.of("Conv2D"), Net.operators(after));
        Conv2DAttributes fused = (Conv2DAttributes) Net.node(after, "conv").attributes();
        assertEquals(Padding.explicit(1, 0, 2, 2), fused.padding());
    }

    @Test
    void addsPaddingToThatOfADepthwiseConvolution() {
        Value pad = pad(net.input(1, 5, 5, 3), 0, 1, 2, 0);
        Padding own = Padding.explicit(1, 1, 0, 2);
        Graph after = Rewrites.exact(PADDING, net.outputs(net.depthwise("conv", pad, 1, own, Activation.NONE)));
        DepthwiseConv2DAttributes fused =
                (DepthwiseConv2DAttributes) Net.node(after, "conv").attributes();
        assertEquals(Padding.explicit(2, 1, 2, 4), fused.padding());
    }

    @Test
    void leavesPaddingWithAnotherValue() {
        Value pad = pad(net.input(1, 5, 5, 3), 1, 1, 1, 0);
        Rewrites.none(PADDING, net.outputs(net.conv("conv", pad, 4, 3, Padding.VALID, Activation.NONE)));
    }

    @Test
    void leavesPaddingOfChannels() {
        Value pad = pad(net.input(1, 5, 5, 3), 0, 1, 1, 1);
        Rewrites.none(PADDING, net.outputs(net.conv("conv", pad, 4, 3, Padding.VALID, Activation.NONE)));
    }

    @Test
    void leavesPaddingBeforeSamePadding() {
        Value pad = pad(net.input(1, 5, 5, 3), 0, 1, 1, 0);
        Rewrites.none(PADDING, net.outputs(net.conv("conv", pad, 4, 3, Padding.SAME, Activation.NONE)));
    }

    @Test
    void leavesPaddingThatIsUsedTwice() {
        Value pad = pad(net.input(1, 5, 5, 3), 0, 1, 1, 0);
        Rewrites.none(PADDING, net.outputs(net.conv("conv", pad, 4, 3, Padding.VALID, Activation.NONE), pad));
    }

    @Test
    void leavesPaddingBeforePooling() {
        Value pad = pad(net.input(1, 5, 5, 3), 0, 1, 1, 0);
        Rewrites.none(PADDING, net.outputs(net.maxPool("pool", pad)));
    }

    /** One row above, {@code sides} columns on each side, {@code channels} channels behind. */
    private Value pad(Value x, float value, int above, int sides, int channels) {
        return net.add("pad", new PadAttributes(List.of(0, above, sides, 0), List.of(0, 0, sides, channels), value), x);
    }
}
