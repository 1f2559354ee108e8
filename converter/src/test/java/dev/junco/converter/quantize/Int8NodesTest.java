package dev.junco.converter.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.converter.Net;
import dev.junco.converter.RangeMethod;
import dev.junco.converter.Samples;
import dev.junco.converter.measure.Choice;
import dev.junco.converter.pass.Pipeline;
import dev.junco.runtime.DType;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ArgAttributes;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.graph.attributes.ConcatAttributes;
import dev.junco.runtime.graph.attributes.ExtremeKind;
import dev.junco.runtime.graph.attributes.GatherAttributes;
import dev.junco.runtime.graph.attributes.MatMulAttributes;
import dev.junco.runtime.graph.attributes.Padding;
import dev.junco.runtime.graph.attributes.ReduceAttributes;
import dev.junco.runtime.graph.attributes.ReduceKind;
import dev.junco.runtime.graph.attributes.ScalarFunction;
import dev.junco.runtime.graph.attributes.SoftmaxAttributes;
import dev.junco.runtime.graph.attributes.UnaryAttributes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which nodes run in int8. */
class Int8NodesTest {
    private final Net net = new Net(31);

    @Test
    void whatHasNoInt8ArithmeticStaysFloat() {
        Value a = net.conv("conv", net.input(1, 5, 5, 2), 3, 3, Padding.SAME, Activation.RELU);
        Value norm = net.batchNorm("norm", a);
        Value b = net.conv("conv2", norm, 3, 3, Padding.SAME, Activation.NONE);
        Graph source = net.outputs(b, a);
        Graph after = Int8QuantizerTest.quantize(source, RangeMethod.LEAST_SQUARES, false);
        assertEquals(
                List.of("Quantize", "Conv2D", "Dequantize", "BatchNorm", "Quantize", "Conv2D", "Dequantize"),
                Net.operators(after));
        assertTrue(Int8QuantizerTest.decibels(source, after, 0) > 20);
    }

    @ParameterizedTest
    @EnumSource(
            value = BinaryKind.class,
            names = {"DIVIDE", "POWER", "FLOOR_DIVIDE", "FLOOR_MODULO", "REMAINDER", "ATAN2"})
    void arithmeticWithoutInt8FormStaysFloat(BinaryKind kind) {
        Value x = net.input(1, 6);
        Value a = net.dense("a", x, 4, Activation.SIGMOID);
        Value b = net.dense("b", x, 4, Activation.SIGMOID);
        Value y = net.add("between", new BinaryAttributes(kind, Activation.NONE), a, b);
        Graph after = Int8QuantizerTest.quantize(
                net.outputs(net.dense("last", y, 3, Activation.NONE)), RangeMethod.MIN_MAX, false);
        assertSame(DType.FLOAT32, after.value("between").type());
        assertSame(DType.INT8, after.value("last").type());
    }

    @Test
    void aSteepFunctionTakesNoInt8OfItsOwnMaking() {
        Value x = net.input(1, 6);
        Value power = unary("power", x, ScalarFunction.Kind.SQUARE);
        Value logarithm = unary("log", affine("above0", power, 0.01f), ScalarFunction.Kind.LOG);
        Graph after = Int8QuantizerTest.quantize(
                net.outputs(net.dense("dense", logarithm, 3, Activation.NONE)), RangeMethod.MIN_MAX, false);
        assertEquals(
                List.of("Unary", "Unary", "Unary", "Quantize", "FullyConnected", "Dequantize"), Net.operators(after));
    }

    @Test
    void whatFollowsASteepFunctionIsInt8AsWhatIsBefore() {
        Value x = net.dense("first", net.input(1, 6), 4, Activation.SIGMOID);
        Value root = unary("root", x, ScalarFunction.Kind.SQRT);
        Graph after = Int8QuantizerTest.quantize(net.outputs(affine("more", root, 1)), RangeMethod.MIN_MAX, false);
        assertSame(DType.INT8, after.value("root").type());
        assertSame(DType.INT8, after.value("more").type());
    }

    @Test
    void scalesThatAnOperatorRefusesLeaveItFloat() {
        Value x = net.dense("first", net.input(1, 6), 4, Activation.NONE);
        Value low = affine("low", net.activation("relu", x, Activation.RELU), -1);
        Value far = net.add("far", new UnaryAttributes(new ScalarFunction(ScalarFunction.Kind.AFFINE, 1e5f, 0)), low);
        Value negative = unary("negative", net.activation("clipped", far, Activation.RELU), ScalarFunction.Kind.NEGATE);
        Value hard = unary("hard", negative, ScalarFunction.Kind.HARD_SWISH);
        Graph source = net.outputs(net.dense("last", hard, 3, Activation.NONE));
        Graph after = Int8QuantizerTest.quantize(source, RangeMethod.MIN_MAX, false);
        assertSame(
                DType.FLOAT32, after.value("hard").type(), "the operand's scale is more than 128 times the result's");
        assertSame(DType.INT8, after.value("negative").type());
        assertSame(DType.INT8, after.value("last").type());
    }

    @Test
    void aBoundBeyondTheRangeCostsNoPrecision() {
        Value x = net.dense("dense", net.input(1, 6), 4, Activation.NONE);
        Value bound = net.builder.constant("bound", Shape.of(1), 1e6f);
        Value y = net.add("least", new BinaryAttributes(BinaryKind.MINIMUM, Activation.NONE), x, bound);
        Graph source = net.outputs(y);
        Graph after = Int8QuantizerTest.quantize(source, RangeMethod.MIN_MAX, false);
        assertSame(DType.INT8, after.value("least").type());
        assertTrue(
                Int8QuantizerTest.decibels(source, after, 0) > 30, "" + Int8QuantizerTest.decibels(source, after, 0));
    }

    @Test
    void aConstantOfTwoJoinedValuesDoesNotTieTheirScales() {
        Value x = net.input(1, 6);
        Value one = net.builder.constant("one", Shape.of(1, 1), 1);
        Value a = net.add("a", new ConcatAttributes(1), net.dense("small", x, 4, Activation.RELU6), one);
        Value b = net.add(
                "b", new ConcatAttributes(1), affine("large", net.dense("dense", x, 4, Activation.NONE), 100), one);
        Graph after = Int8QuantizerTest.quantize(net.outputs(a, b), RangeMethod.MIN_MAX, false);
        float small = after.value("a").quantization().scale();
        float large = after.value("b").quantization().scale();
        assertTrue(large > 10 * small, small + " and " + large);
    }

    private Value unary(String name, Value x, ScalarFunction.Kind kind) {
        return net.add(name, new UnaryAttributes(ScalarFunction.of(kind)), x);
    }

    private Value affine(String name, Value x, float shift) {
        return net.add(name, new UnaryAttributes(new ScalarFunction(ScalarFunction.Kind.AFFINE, 1, shift)), x);
    }

    @Test
    void wordsAreLookedUpInAnInt8Table() {
        Value words = net.builder.input("words", TensorSpec.int32(Shape.of(1, 5)));
        Value table = net.weight("table", 1, 20, 8);
        Value embedded = net.add("embedded", new GatherAttributes(0, 0), table, words);
        Value mean = net.add("mean", new ReduceAttributes(ReduceKind.MEAN, List.of(1), false), embedded);
        Value dense = net.dense("dense", mean, 4, Activation.NONE);
        Graph source = net.outputs(dense, net.add("best", new ArgAttributes(ExtremeKind.MAX, 1, false, false), dense));
        Samples sentences = new Samples() {
            @Override
            public int size() {
                return 50;
            }

            @Override
            public int featureCount() {
                return 5;
            }

            @Override
            public void features(int index, float[] target, int offset) {
                for (int i = 0; i < 5; i++) {
                    target[offset + i] = (index * 7 + i * i * 3) % 20;
                }
            }
        };
        Graph simplified = Pipeline.forDevices().apply(source).graph();
        Graph after = new Int8Quantizer(RangeMethod.MIN_MAX, true, 1)
                .apply(simplified, sentences, Choice.spread(sentences, 50));
        assertEquals(List.of("Gather", "Reduce", "FullyConnected", "Arg"), Net.operators(after));
        assertSame(DType.INT32, after.inputs().get(0).type());
        assertSame(DType.INT8, after.outputs().get(0).type());
        assertSame(DType.INT32, after.outputs().get(1).type());
        int same = 0;
        for (int i = 0; i < 50; i++) {
            float[] x = new float[5];
            sentences.features(i, x, 0);
            same += Net.run(source, x)[1][0] == Net.run(after, x)[1][0] ? 1 : 0;
        }
        assertTrue(same >= 45, same + " of 50 sentences have the same class");
    }

    @Test
    void attentionOfInt8IsMadeOfProductsWhereNothingFusesIt() {
        Value x = net.input(1, 6, 8);
        Value q = net.add("q", new MatMulAttributes(false, false, Activation.NONE), x, net.weight("wq", 0.4, 8, 8));
        Value k = net.add("k", new MatMulAttributes(false, false, Activation.NONE), x, net.weight("wk", 0.4, 8, 8));
        Value scores = net.add("scores", new MatMulAttributes(false, true, Activation.NONE), q, k);
        Value shares = net.add("shares", new SoftmaxAttributes(1), scores);
        Value y = net.add("y", new MatMulAttributes(false, false, Activation.NONE), shares, k);
        Graph source = net.outputs(y, shares);
        Graph after = Int8QuantizerTest.quantize(source, RangeMethod.MIN_MAX, true);
        assertTrue(
                after.values().stream().noneMatch(value -> value.type() == DType.FLOAT32), "" + Net.operators(after));
        Graph floats = Int8QuantizerTest.quantize(source, RangeMethod.MIN_MAX, false);
        assertTrue(Int8QuantizerTest.decibels(source, floats, 0) > 15);
    }

    @Test
    void nodesFarFromAnyLayerStayFloat() {
        Value x = net.input(1, 4, 4, 2);
        Value pool = net.maxPool("pool", x);
        Value norm = net.batchNorm("norm", pool);
        Value conv = net.conv("conv", norm, 3, 1, Padding.SAME, Activation.RELU);
        Graph after = Int8QuantizerTest.quantize(net.outputs(conv, norm), RangeMethod.MIN_MAX, false);
        assertEquals(List.of("Pool2D", "BatchNorm", "Quantize", "Conv2D", "Dequantize"), Net.operators(after));
    }
}
