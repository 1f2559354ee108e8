package dev.junco.converter.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.converter.Net;
import dev.junco.converter.RandomSamples;
import dev.junco.converter.RangeMethod;
import dev.junco.converter.measure.Choice;
import dev.junco.converter.pass.Pipeline;
import dev.junco.runtime.DType;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.Padding;
import dev.junco.runtime.op.Operator;
import dev.junco.runtime.op.OperatorCatalog;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each operator in int8 follows its float original. */
class Int8OperatorTest {
    /** Operators that stay float32 whatever their options. */
    private static final Set<String> FLOAT32 = Set.of(
            "Attention",
            "BatchNorm",
            "Cast",
            "CumSum",
            "Custom",
            "Dequantize",
            "DetectionPostProcess",
            "Dropout",
            "DynamicQuantize",
            "DynamicRound",
            "Gru",
            "Logical",
            "Lstm",
            "NonMaxSuppression",
            "Quantize",
            "Rfft",
            "RotaryEmbedding",
            "SimpleRnn",
            "Svdf");

    private static final int SAMPLES = 32;
    private static final RandomSamples DATA = new RandomSamples(200, 6 * 6 * 3, 23);

    static List<Int8Case> cases() {
        return Int8Case.all();
    }

    private static Graph source(Int8Case use) {
        Net net = new Net(11);
        Value x = net.conv("conv", net.input(1, 6, 6, 3), 4, 3, Padding.SAME, Activation.NONE);
        return net.outputs(use.use().of(net, x).toArray(Value[]::new));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void followsItsFloatOriginal(Int8Case use) {
        Graph source = source(use);
        Graph simplified = Pipeline.forDevices().apply(source).graph();
        Graph after = new Int8Quantizer(RangeMethod.LEAST_SQUARES, false, 1)
                .apply(simplified, DATA, Choice.spread(DATA, SAMPLES));
        Node node = Net.node(after, "node");
        assertTrue(
                node.inputs().stream().anyMatch(input -> input.type() == DType.INT8),
                () -> "runs in float32: " + Net.operators(after));
        assertTrue(
                node.outputs().stream().noneMatch(output -> output.type() == DType.FLOAT32),
                () -> "gives float32: " + Net.operators(after));
        double found = decibels(source, after);
        assertTrue(found >= use.decibels(), found + " dB");
    }

    /** Signal-to-noise ratio of all outputs over samples that were not calibrated with. */
    private static double decibels(Graph source, Graph after) {
        double signal = 0;
        double noise = 0;
        for (int i = 0; i < 8; i++) {
            float[] x = DATA.features(1000 + i);
            float[][] expected = Net.run(source, x);
            float[][] found = Net.run(after, x);
            for (int output = 0; output < expected.length; output++) {
                for (int j = 0; j < expected[output].length; j++) {
                    double difference = expected[output][j] - found[output][j];
                    signal += expected[output][j] * expected[output][j];
                    noise += difference * difference;
                }
            }
        }
        return 10 * Math.log10(signal / noise);
    }

    @Test
    void eachOperatorHasACaseOrStaysFloat() {
        Set<String> expected = new TreeSet<>();
        for (Operator<?> operator : OperatorCatalog.standard().operators()) {
            expected.add(name(operator.attributesType()));
            assertTrue(Int8Rules.knows(operator.attributesType()), operator.attributesType() + " has no int8 rule");
        }
        expected.add("Custom");
        Set<String> found = new TreeSet<>(FLOAT32);
        for (Int8Case use : cases()) {
            String name = name(Net.node(source(use), "node").attributes().getClass());
            assertTrue(!FLOAT32.contains(name), name + " has a case and is said to stay float32");
            found.add(name);
        }
        assertEquals(expected, found);
    }

    private static String name(Class<? extends Attributes> type) {
        return type.getSimpleName().replace("Attributes", "");
    }
}
