package dev.junco.converter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.runtime.CustomOperator;
import dev.junco.runtime.CustomOperators;
import dev.junco.runtime.DType;
import dev.junco.runtime.Interpreter;
import dev.junco.runtime.Metadata;
import dev.junco.runtime.Model;
import dev.junco.runtime.SelfTest;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.UnsupportedModelException;
import dev.junco.runtime.format.ModelWriter;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ActivationAttributes;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.graph.attributes.CustomAttributes;
import dev.junco.runtime.graph.attributes.DropoutAttributes;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Models that use operators of the application. */
class CustomOperatorConversionTest {
    private static final int FEATURES = 6;

    /** Two results: the operand negated, and its sum. */
    private static final class NegateAndSum implements CustomOperator {
        @Override
        public String name() {
            return "test.NegateAndSum";
        }

        @Override
        public List<TensorSpec> infer(CustomOperator.Node node) {
            return List.of(TensorSpec.float32(node.inputs().get(0).shape()), TensorSpec.float32(Shape.of(1, 1)));
        }

        @Override
        public void bind(CustomOperator.Node node, Binding binding) {
            Operand x = binding.input(0);
            Operand y = binding.output(0);
            Operand sum = binding.output(1);
            binding.step(1, 1, (from, to, worker) -> {
                float total = 0;
                for (int i = 0; i < x.size(); i++) {
                    y.floats()[y.offset() + i] = -x.floats()[x.offset() + i];
                    total += x.floats()[x.offset() + i];
                }
                sum.floats()[sum.offset()] = total;
            });
        }
    }

    private static final CustomOperators OPERATORS = CustomOperators.of(new NegateAndSum());

    private final RandomSamples samples = new RandomSamples(40, FEATURES, 3);

    /** A dense layer, the operator, another layer with the sum added; the operator once more on a constant. */
    private static Model model() {
        Net net = new Net(8);
        GraphBuilder builder = new GraphBuilder("main", OPERATORS.catalog());
        CustomAttributes custom = new CustomAttributes("test.NegateAndSum", 1, ByteBuffer.wrap(new byte[] {7}));
        Value x = builder.input("x", TensorSpec.float32(Shape.of(1, FEATURES)));
        Value a = dense(builder, net, "a", x, 8);
        Value drop = builder.add("drop", new DropoutAttributes(0.5f), a);
        Value relu = builder.add("relu", new ActivationAttributes(Activation.RELU), drop);
        Node both = builder.addAll("custom", custom, relu);
        Value fixed = builder.constant("fixed", Shape.of(1, 8), net.normal(8, 1));
        Value known = builder.addAll("known", custom, fixed).output(0);
        Value sum = builder.add("sum", new BinaryAttributes(BinaryKind.ADD, Activation.NONE), both.output(0), known);
        Value all = builder.add("all", new BinaryAttributes(BinaryKind.ADD, Activation.NONE), sum, both.output(1));
        builder.output("y", dense(builder, net, "b", all, 4));
        return Model.of(List.of(builder.build()), Metadata.EMPTY, OPERATORS);
    }

    private static Value dense(GraphBuilder builder, Net net, String name, Value x, int units) {
        int features = x.shape().dim(1);
        Value w = builder.parameter(
                name + "/w",
                TensorSpec.float32(Shape.of(units, features)),
                Constant.of(net.normal(units * features, 0.4)));
        return builder.add(name, new FullyConnectedAttributes(Activation.NONE), x, w);
    }

    private static Node custom(Model model, String name) {
        return Net.node(model.graph(), name);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void surviveConversion(Precision precision) {
        Conversion conversion =
                Converter.from(model()).quantize(precision).calibrate(samples).convert();
        Comparison comparison = conversion.report().comparison().orElseThrow();
        assertTrue(comparison.mean() < 0.5, comparison.toString());
        byte[] file = conversion.toBytes();
        String missing = assertThrows(UnsupportedModelException.class, () -> Model.load(file))
                .getMessage();
        assertTrue(missing.contains("custom operator 'test.NegateAndSum' version 1"), missing);
        Model loaded = Model.load(ByteBuffer.wrap(file), OPERATORS);
        CustomAttributes kept = (CustomAttributes) custom(loaded, "custom").attributes();
        assertEquals(7, kept.options().get(kept.options().position()));
        assertEquals(2, custom(loaded, "custom").outputs().size());
        assertSame(DType.FLOAT32, custom(loaded, "custom").output().type());
        assertEquals(
                precision == Precision.INT8,
                loaded.graph().values().stream().anyMatch(value -> value.type() == DType.INT8));
        Interpreter interpreter = loaded.interpreter();
        interpreter.input().set(samples.features(0));
        interpreter.run();
        assertEquals(4, interpreter.output().size());
    }

    @Test
    void ofConstantsAreNotComputedBeforehand() {
        Model result = Converter.from(model()).convert().model();
        assertEquals(List.of("a", "custom", "known", "sum", "all", "b"), names(result));
    }

    private static List<String> names(Model model) {
        return model.graph().nodes().stream().map(node -> node.name()).toList();
    }

    @ParameterizedTest
    @EnumSource(
            value = Precision.class,
            names = {"FLOAT32", "FLOAT16", "INT8_WEIGHTS"})
    void areKeptWhereNobodyKnowsThem(Precision precision) {
        Model unknown = Model.load(ByteBuffer.wrap(ModelWriter.toBytes(model().content())), CustomOperators.ANY);
        Model blind = Converter.from(unknown).quantize(precision).convert().model();
        Model knowing = Converter.from(model()).quantize(precision).convert().model();
        assertSame(SelfTest.Outcome.PASSED, knowing.selfTest().outcome());
        // only who can run a model can record what it answers
        assertNull(blind.content().recording());
        assertArrayEquals(
                ModelWriter.toBytes(knowing.withRecording(null).content()), ModelWriter.toBytes(blind.content()));
    }

    @Test
    void whatHasToRunThemSaysSo() {
        Model unknown = Model.load(ByteBuffer.wrap(ModelWriter.toBytes(model().content())), CustomOperators.ANY);
        Converter int8 = Converter.from(unknown).quantize(Precision.INT8).calibrate(samples);
        String message =
                assertThrows(UnsupportedModelException.class, int8::convert).getMessage();
        assertEquals(
                "node 'custom' is custom operator 'test.NegateAndSum' version 1, which is unknown here, so the model"
                        + " cannot be run; load it with CustomOperators.of(...) of the application that brings the"
                        + " operator",
                message);
    }

    @Test
    void theReportTellsThatTheyStayFloat() {
        ConversionReport report = Converter.from(model())
                .quantize(Precision.INT8)
                .calibrate(samples)
                .convert()
                .report();
        assertEquals(
                "only the application knows what it computes", report.float32().get("test.NegateAndSum"));
    }
}
