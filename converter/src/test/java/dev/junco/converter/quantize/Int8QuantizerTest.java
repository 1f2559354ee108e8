package dev.junco.converter.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.converter.ConversionException;
import dev.junco.converter.Net;
import dev.junco.converter.RandomSamples;
import dev.junco.converter.RangeMethod;
import dev.junco.converter.Samples;
import dev.junco.converter.measure.Choice;
import dev.junco.converter.pass.Pipeline;
import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.graph.attributes.ConcatAttributes;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;
import dev.junco.runtime.graph.attributes.GlobalPool2DAttributes;
import dev.junco.runtime.graph.attributes.LeakyReluAttributes;
import dev.junco.runtime.graph.attributes.PadAttributes;
import dev.junco.runtime.graph.attributes.Padding;
import dev.junco.runtime.graph.attributes.Pool2DAttributes;
import dev.junco.runtime.graph.attributes.PoolKind;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import dev.junco.runtime.graph.attributes.SoftmaxAttributes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class Int8QuantizerTest {
    private static final Quantization PROBABILITY = Quantization.perTensor(1f / 256, -128);

    private final Net net = new Net(31);

    @ParameterizedTest
    @EnumSource(RangeMethod.class)
    void aClassifierAnswersLikeItsFloatOriginal(RangeMethod method) {
        Graph source = Net.classifier(5);
        Graph after = quantize(source, method, false);
        assertEquals(
                List.of(
                        "Quantize",
                        "Conv2D",
                        "DepthwiseConv2D",
                        "Pool2D",
                        "Reshape",
                        "FullyConnected",
                        "FullyConnected",
                        "Softmax",
                        "Dequantize"),
                Net.operators(after));
        assertSame(DType.FLOAT32, after.inputs().get(0).type());
        assertSame(DType.FLOAT32, after.outputs().get(0).type());
        assertTrue(decibels(source, after, 0) > 20, "" + decibels(source, after, 0));
    }

    @Test
    void everyOperatorWithInt8ArithmeticFollowsItsOriginal() {
        Value x = net.input(1, 8, 8, 4);
        Value a = net.conv("conv", x, 8, 3, Padding.SAME, Activation.NONE);
        Value leaky = net.add("leaky", new LeakyReluAttributes(0.1f), a);
        Value sum = net.add("sum", new BinaryAttributes(BinaryKind.ADD, Activation.RELU), leaky, a);
        Value scaled = net.add(
                "scaled",
                new BinaryAttributes(BinaryKind.MULTIPLY, Activation.NONE),
                sum,
                net.builder.constant("factors", Shape.of(8), 1, 2, 0.5f, -1, 1, 2, 3, 0.1f));
        Value difference = net.add("difference", new BinaryAttributes(BinaryKind.SUBTRACT, Activation.NONE), scaled, a);
        Value padded = net.add("padded", new PadAttributes(List.of(0, 1, 1, 0), List.of(0, 1, 1, 0), -1), difference);
        Value average = net.add(
                "average",
                new Pool2DAttributes(PoolKind.AVERAGE, 2, 2, 2, 2, Padding.VALID, true, Activation.NONE),
                padded);
        Value relu = net.activation("relu", average, Activation.RELU6);
        Value tanh = net.activation("tanh", average, Activation.TANH);
        Value joined = net.add("joined", new ConcatAttributes(3), relu, tanh, average);
        Value global = net.add("global", new GlobalPool2DAttributes(PoolKind.AVERAGE, false), joined);
        Value sigmoid = net.activation("sigmoid", net.dense("dense", global, 6, Activation.NONE), Activation.SIGMOID);
        Graph source = net.outputs(sigmoid);
        Graph after = quantize(source, RangeMethod.LEAST_SQUARES, false);
        long floats = after.nodes().stream()
                .filter(node -> node.output().type() == DType.FLOAT32)
                .count();
        assertEquals(1, floats, "only the last Dequantize gives floats: " + Net.operators(after));
        assertTrue(decibels(source, after, 0) > 20, "" + decibels(source, after, 0));
    }

    @Test
    void theSpecificationFixesScalesOfCurves() {
        Value x = net.input(1, 6);
        Value a = net.activation("sigmoid", net.dense("a", x, 4, Activation.NONE), Activation.SIGMOID);
        Value b = net.dense("b", a, 4, Activation.TANH);
        Value c = net.add("softmax", new SoftmaxAttributes(1), net.dense("c", b, 4, Activation.NONE));
        Value d = net.add("logs", new SoftmaxAttributes(1, true), net.dense("d", b, 4, Activation.NONE));
        Graph after = quantize(net.outputs(c, d), RangeMethod.MIN_MAX, false);
        assertEquals(Quantization.perTensor(1f / 16, 127), after.value("logs").quantization());
        assertEquals(PROBABILITY, after.value("sigmoid").quantization());
        assertEquals(Quantization.perTensor(1f / 128, 0), after.value("b").quantization());
        assertEquals(PROBABILITY, after.value("softmax").quantization());
    }

    @Test
    void poolingAndReshapingKeepTheScale() {
        Value a = net.conv("conv", net.input(1, 4, 4, 2), 3, 3, Padding.SAME, Activation.RELU);
        Value flat = net.add("flat", ReshapeAttributes.FLATTEN, net.maxPool("pool", a));
        Graph after = quantize(net.outputs(net.dense("dense", flat, 2, Activation.NONE)), RangeMethod.MIN_MAX, false);
        Quantization scale = after.value("conv").quantization();
        assertEquals(scale, after.value("pool").quantization());
        assertEquals(scale, after.value("flat").quantization());
    }

    @Test
    void joinedOperandsShareAScaleUnlessTheSpecificationFixesTheirs() {
        Value x = net.input(1, 6);
        Value a = net.dense("a", x, 4, Activation.NONE);
        Value b = net.dense("b", x, 4, Activation.RELU);
        Value c = net.dense("c", x, 4, Activation.SIGMOID);
        Graph after =
                quantize(net.outputs(net.add("joined", new ConcatAttributes(1), a, b, c)), RangeMethod.MIN_MAX, false);
        Quantization common = after.value("joined").quantization();
        assertEquals(common, after.value("a").quantization());
        assertEquals(common, after.value("b").quantization());
        assertEquals(PROBABILITY, after.value("c").quantization());
        assertEquals(common, Net.node(after, "joined").input(2).quantization());
    }

    @Test
    void inputsAndOutputsBecomeInt8OnRequest() {
        Graph after = quantize(Net.classifier(5), RangeMethod.MIN_MAX, true);
        assertSame(DType.INT8, after.inputs().get(0).type());
        assertEquals("x", after.inputs().get(0).name());
        assertEquals(PROBABILITY, after.outputs().get(0).quantization());
        assertEquals(List.of("y"), List.copyOf(after.outputNames().keySet()));
        assertTrue(after.nodes().stream().noneMatch(node -> node.output().type() == DType.FLOAT32));
    }

    @Test
    void anInt8InputIsDequantisedOnceForFloatNodes() {
        Value x = net.input(1, 6);
        Value dense = net.dense("dense", x, 4, Activation.RELU);
        Graph after = quantize(
                net.outputs(dense, net.batchNorm("norm1", x), net.batchNorm("norm2", x)), RangeMethod.MIN_MAX, true);
        assertEquals(List.of("FullyConnected", "Dequantize", "BatchNorm", "BatchNorm"), Net.operators(after));
    }

    @Test
    void aValueThatIsOutputAndOperandIsBoth() {
        Value x = net.input(1, 6);
        Value a = net.dense("a", x, 4, Activation.RELU);
        Graph source = net.outputs(net.dense("b", a, 3, Activation.NONE), a);
        Graph after = quantize(source, RangeMethod.MIN_MAX, false);
        assertTrue(decibels(source, after, 0) > 25);
        assertTrue(decibels(source, after, 1) > 25);
    }

    @Test
    void aGraphWithoutLayersStays() {
        Graph graph = net.outputs(net.activation("relu", net.input(1, 6), Activation.RELU));
        assertSame(graph, quantize(graph, RangeMethod.MIN_MAX, false));
    }

    @Test
    void aDeadLayerIsHarmless() {
        Value x = net.input(1, 4);
        Value zeros = net.add(
                "zeros",
                new FullyConnectedAttributes(Activation.NONE),
                x,
                net.builder.constant("w", Shape.of(3, 4), new float[12]));
        Graph source = net.outputs(net.dense("d", zeros, 2, Activation.NONE));
        float[] y = Net.run(quantize(source, RangeMethod.LEAST_SQUARES, false), new float[4])[0];
        float[] expected = Net.run(source, new float[4])[0];
        assertEquals(expected[0], y[0], 0.01);
        assertEquals(expected[1], y[1], 0.01);
    }

    @Test
    void activationsThatOverflowAreNamed() {
        Value x = net.input(1, 2);
        Value big = net.builder.constant("big", Shape.of(1, 2), 3e38f, 3e38f);
        Value y = net.add("dense", new FullyConnectedAttributes(Activation.NONE), x, big);
        Graph graph = net.outputs(y);
        String message = assertThrows(ConversionException.class, () -> quantize(graph, RangeMethod.MIN_MAX, false))
                .getMessage();
        assertTrue(message.startsWith("'dense' becomes "), message);
    }

    static Graph quantize(Graph source, RangeMethod method, boolean int8Io) {
        Graph simplified = Pipeline.forDevices().apply(source).graph();
        Samples samples = samples(source);
        return new Int8Quantizer(method, int8Io, 1).apply(simplified, samples, Choice.spread(samples, 100));
    }

    private static RandomSamples samples(Graph source) {
        return new RandomSamples(200, source.inputs().get(0).shape().elements(), 17);
    }

    /** Signal-to-noise ratio of one output over 50 samples. */
    static double decibels(Graph source, Graph after, int output) {
        double signal = 0;
        double noise = 0;
        for (int i = 0; i < 50; i++) {
            float[] x = samples(source).features(1000 + i);
            float[] expected = Net.run(source, x)[output];
            float[] found = Net.run(after, x)[output];
            for (int j = 0; j < expected.length; j++) {
                signal += expected[j] * expected[j];
                noise += (expected[j] - found[j]) * (expected[j] - found[j]);
            }
        }
        return 10 * Math.log10(signal / noise);
    }
}
