package dev.junco.converter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.runtime.DType;
import dev.junco.runtime.Interpreter;
import dev.junco.runtime.InterpreterOptions;
import dev.junco.runtime.Metadata;
import dev.junco.runtime.Model;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ActivationAttributes;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;
import dev.junco.runtime.op.OperatorCatalog;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Models of several signatures: an encoder, the same with another end, and a decoder of other inputs. */
class SignatureConversionTest {
    private static final int FEATURES = 128;
    private static final int CODE = 96;
    private static final Constant ENCODER = Constant.of(new Net(4).normal(FEATURES * CODE, 0.1));
    private static final Constant DECODER = Constant.of(new Net(5).normal(FEATURES * CODE, 0.1));

    private final Model source = Model.of(
            List.of(
                    graph("encode", FEATURES, CODE, ENCODER, Activation.RELU),
                    graph("classify", FEATURES, CODE, ENCODER, Activation.SIGMOID),
                    graph("decode", CODE, FEATURES, DECODER, Activation.TANH)),
            Metadata.EMPTY);
    private final RandomSamples images = new RandomSamples(40, FEATURES, 1);
    private final RandomSamples codes = new RandomSamples(40, CODE, 2);

    private static Graph graph(String name, int inputs, int outputs, Constant weights, Activation end) {
        GraphBuilder builder = new GraphBuilder(name, OperatorCatalog.standard());
        Value x = builder.input("in", TensorSpec.float32(Shape.of(1, inputs)));
        Value w = builder.parameter("w", TensorSpec.float32(Shape.of(outputs, inputs)), weights);
        Value dense = builder.add("dense", new FullyConnectedAttributes(Activation.NONE), x, w);
        builder.output("out", builder.add("end", new ActivationAttributes(end), dense));
        return builder.build();
    }

    private Converter converter(Precision precision) {
        return Converter.from(source).quantize(precision).calibrate(images).calibrate("decode", codes);
    }

    private static float[] run(Model model, String signature, float[] x) {
        Interpreter interpreter = model.interpreter(signature);
        interpreter.input().set(x);
        interpreter.run();
        return interpreter.output().toArray();
    }

    @Test
    void aBatchThatIsFixedIsFixedWhileConvertingToo() {
        Metadata metadata = Metadata.EMPTY.withProperties(Map.of("batch.fixed.encode", "MUL 'scaled'"));
        Model fixed = Model.of(source.content().signatures(), metadata);
        SignatureConversion.Settings settings =
                new SignatureConversion.Settings(fixed, Precision.FLOAT32, RangeMethod.LEAST_SQUARES, false, 1, 1);
        InterpreterOptions three = InterpreterOptions.DEFAULT.withBatch(3);
        Model encode = settings.model(fixed.content().signatures().get(0));
        assertThrows(GraphException.class, () -> encode.interpreter(three));
        assertEquals(
                Shape.of(3, CODE),
                settings.model(fixed.content().signatures().get(1))
                        .interpreter(three)
                        .output()
                        .spec()
                        .shape());
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void eachSignatureIsConvertedAndMeasured(Precision precision) {
        Conversion conversion = converter(precision).convert();
        Model result = Model.load(conversion.toBytes());
        assertEquals(List.of("encode", "classify", "decode"), result.signatures());
        for (String signature : result.signatures()) {
            Graph after = result.graph(signature);
            assertTrue(
                    after.nodes().size() <= (precision == Precision.INT8 ? 4 : 1),
                    signature + ": activations are fused");
            assertEquals(
                    precision == Precision.INT8, after.values().stream().anyMatch(value -> value.type() == DType.INT8));
            Comparison comparison = conversion.report().comparisons().get(signature);
            assertEquals(40, comparison.samples());
            assertTrue(comparison.worst() < (precision == Precision.INT8 ? 0.1 : 0.03), comparison.toString());
            assertEquals(
                    comparison.worst() == 0,
                    Arrays.equals(
                            run(source, signature, (signature.equals("decode") ? codes : images).features(0)),
                            run(result, signature, (signature.equals("decode") ? codes : images).features(0))));
        }
        String text = conversion.report().toString();
        assertTrue(text.contains("signature decode"), text);
        assertEquals("40", result.metadata().properties().get("evidence.samples"));
        assertEquals("40", result.metadata().properties().get("evidence.decode.samples"));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void sharedWeightsStayShared(Precision precision) {
        byte[] file = converter(precision).convert().toBytes();
        Model result = Model.load(file);
        Value one = result.graph("encode").value("w");
        Value two = result.graph("classify").value("w");
        assertEquals(one.constant(), two.constant());
        if (precision != Precision.INT8_WEIGHTS) { // scales of an axis belong to one tensor, only the bytes are shared
            assertSame(one.constant(), two.constant());
        }
        Model without = Model.of(List.of(source.graph("encode"), source.graph("decode")), Metadata.EMPTY);
        Converter converter =
                Converter.from(without).quantize(precision).calibrate(images).calibrate("decode", codes);
        int more = file.length - converter.convert().toBytes().length;
        assertTrue(more < 2500, more + " bytes more for a signature with the same weights");
    }

    @Test
    void thoseWithoutDataAreNotCompared() {
        ConversionReport report =
                Converter.from(source).evaluate(images).convert().report();
        assertEquals(
                List.of("encode", "classify"), List.copyOf(report.comparisons().keySet()));
    }

    @Test
    void aDropIsLookedForInEverySignature() {
        RandomSamples labelled = new RandomSamples(40, CODE, 2, x -> {
            float[] y = run(source, "decode", x);
            int best = 0;
            for (int i = 1; i < y.length; i++) {
                best = y[i] > y[best] ? i : best;
            }
            return best;
        });
        Conversion conversion = Converter.from(source)
                .quantize(Precision.INT8)
                .calibrate(images)
                .calibrate("decode", new Faint())
                .evaluate("decode", labelled)
                .maxAccuracyDrop(0.1)
                .convert();
        assertTrue(!conversion.isAcceptable());
        String message = assertThrows(AccuracyDropException.class, () -> conversion.write(Path.of("never.junco")))
                .getMessage();
        assertTrue(message.startsWith("conversion to int8 of signature 'decode' lowers the accuracy"), message);
    }

    private static final class Faint implements Samples {
        @Override
        public int size() {
            return 3;
        }

        @Override
        public int featureCount() {
            return CODE;
        }

        @Override
        public void features(int index, float[] target, int offset) {
            target[offset] = 1e-4f;
        }
    }

    @Test
    void missingAndUnknownDataIsExplained() {
        Converter int8 = Converter.from(source).quantize(Precision.INT8).calibrate(images);
        assertEquals(
                "signature 'decode' has no calibration data: it takes 96 feature values, ['in' 1×96]; give it some with"
                        + " calibrate(\"decode\", samples)",
                assertThrows(ConversionException.class, int8::convert).getMessage());
        int8.calibrate("décode", codes);
        assertEquals(
                "there are samples for signature 'décode', but the model has encode, classify, decode",
                assertThrows(ConversionException.class, int8::convert).getMessage());
    }

    @Test
    void oneSignatureIsReportedAsBefore() {
        Graph graph = graph("main", FEATURES, CODE, ENCODER, Activation.RELU);
        Conversion conversion =
                Converter.from(graph, Metadata.EMPTY).evaluate(images).convert();
        assertTrue(!conversion.report().toString().contains("signature"));
        assertArrayEquals(
                run(Model.of(graph, Metadata.EMPTY), "main", images.features(0)),
                run(conversion.model(), "main", images.features(0)));
    }
}
