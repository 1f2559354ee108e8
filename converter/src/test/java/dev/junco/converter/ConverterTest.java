package dev.junco.converter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.runtime.Interpreter;
import dev.junco.runtime.InterpreterOptions;
import dev.junco.runtime.KernelChoice;
import dev.junco.runtime.Metadata;
import dev.junco.runtime.Model;
import dev.junco.runtime.Shape;
import dev.junco.runtime.format.ModelWriter;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Storage;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;
import dev.junco.runtime.graph.attributes.Padding;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import dev.junco.runtime.graph.attributes.SoftmaxAttributes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConverterTest {
    private static final int FEATURES = 8 * 8 * 3;
    private static final Graph SOURCE = Net.classifier(5);
    private static final Metadata METADATA = Metadata.EMPTY
            .withName("test")
            .withLabels(List.of("a", "b", "c", "d", "e"))
            .withProperties(Map.of("training.epochs", "3", "evidence.samples", "old"));

    /** Labelled by the source itself, so its accuracy is 1. */
    private final RandomSamples samples = new RandomSamples(300, FEATURES, 9, ConverterTest::answer);

    @TempDir
    Path folder;

    private static final Interpreter ORACLE =
            Model.of(SOURCE, METADATA).interpreter(InterpreterOptions.DEFAULT.withKernels(KernelChoice.PLAIN));

    private static int answer(float[] features) {
        ORACLE.input().set(features);
        ORACLE.run();
        return ORACLE.output().argMax();
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void everyPrecisionKeepsTheAnswersAndTellsWhatItCost(Precision precision) {
        Path file = folder.resolve("model.junco");
        ConversionReport report = Converter.from(SOURCE, METADATA)
                .quantize(precision)
                .calibrate(samples)
                .maxAccuracyDrop(0.1, samples)
                .write(file);
        Comparison comparison = report.comparison().orElseThrow();
        assertEquals(1, comparison.before());
        assertTrue(comparison.after() >= 0.9, report.toString());
        assertEquals(comparison.after(), comparison.agreement());
        assertEquals(300, comparison.samples());
        assertTrue(comparison.worst() < 0.2 && comparison.mean() <= comparison.worst(), report.toString());

        Model model = Model.load(file);
        assertEquals(report.after().fileBytes(), model.fileBytes());
        assertEquals("test", model.metadata().name());
        assertEquals(METADATA.labels(), model.metadata().labels());
        Map<String, String> properties = model.metadata().properties();
        assertEquals("3", properties.get("training.epochs"));
        assertEquals(precision.toString(), properties.get("conversion.precision"));
        assertEquals("1.0", properties.get("evidence.accuracy.before"));
        assertEquals(Double.toString(comparison.after()), properties.get("evidence.accuracy.after"));
        assertEquals("300", properties.get("evidence.samples"));
        assertEquals(64, properties.get("evidence.source.sha256").length());
        assertEquals(SOURCE.outputNames().keySet(), model.outputs().keySet());
    }

    @Test
    void theTableShowsBothSides() {
        String table = Converter.from(SOURCE, METADATA)
                .quantize(Precision.INT8)
                .calibrate(samples)
                .evaluate(samples)
                .convert()
                .report()
                .toString();
        for (String expected : List.of(
                "conversion to int8",
                "file, bytes",
                "arena, bytes",
                "multiply-adds",
                "accuracy",
                "100.00 %",
                "evaluated on",
                "calibrated on",
                "weakest activations",
                "fold-batch-norm")) {
            assertTrue(table.contains(expected), expected + " is missing in\n" + table);
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void theSameInputsGiveTheSameBytes(Precision precision) {
        assertArrayEquals(bytes(precision, 1), bytes(precision, 2));
    }

    private byte[] bytes(Precision precision, int threads) {
        return Converter.from(Net.classifier(5), METADATA)
                .quantize(precision)
                .calibrate(samples)
                .evaluate(samples)
                .threads(threads)
                .convert()
                .toBytes();
    }

    @Test
    void convertingALoadedFileIsTheSameAsConvertingTheGraph() {
        Converter fromFile = Converter.from(Model.load(ModelWriter.toBytes(Model.contentOf(SOURCE, METADATA))));
        byte[] bytes = fromFile.quantize(Precision.INT8)
                .calibrate(samples)
                .evaluate(samples)
                .convert()
                .toBytes();
        assertArrayEquals(bytes(Precision.INT8, 1), bytes);
    }

    @Test
    void int8NeedsLessThanThreeTenthsOfTheFile() {
        Graph graph = cnn();
        RandomSamples data = new RandomSamples(64, 28 * 28, 2);
        ConversionReport int8 = Converter.from(graph, METADATA)
                .quantize(Precision.INT8)
                .calibrate(data)
                .convert()
                .report();
        ConversionReport weights = Converter.from(graph, METADATA)
                .quantize(Precision.INT8_WEIGHTS)
                .convert()
                .report();
        ConversionReport half = Converter.from(graph, METADATA)
                .quantize(Precision.FLOAT16)
                .convert()
                .report();
        assertTrue(int8.sizeRatio() <= 0.28, int8.toString());
        assertTrue(weights.sizeRatio() <= 0.28, weights.toString());
        assertTrue(half.sizeRatio() <= 0.52, half.toString());
        assertEquals(int8.before().multiplyAdds(), int8.after().multiplyAdds());
    }

    /** About 100,000 parameters. */
    private static Graph cnn() {
        Net net = new Net(1);
        Value x = net.input(1, 28, 28, 1);
        Value a = net.maxPool("p1", net.conv("c1", x, 16, 3, Padding.SAME, Activation.RELU));
        a = net.maxPool("p2", net.conv("c2", a, 32, 3, Padding.SAME, Activation.RELU));
        a = net.maxPool("p3", net.conv("c3", a, 64, 3, Padding.SAME, Activation.RELU));
        a = net.dense("d1", net.add("flat", ReshapeAttributes.FLATTEN, a), 128, Activation.RELU);
        return net.outputs(net.add("p", new SoftmaxAttributes(1), net.dense("d2", a, 10, Activation.NONE)));
    }

    @Test
    void weightsAreStoredAsAsked() {
        Graph half = Converter.from(SOURCE, METADATA)
                .quantize(Precision.FLOAT16)
                .convert()
                .model()
                .graph();
        assertEquals(Storage.FLOAT16, half.value("dense1/kernel").constant().storage());
        assertEquals(Storage.FLOAT32, half.value("dense1/bias").constant().storage());
        Graph bytes = Converter.from(SOURCE, METADATA)
                .quantize(Precision.INT8_WEIGHTS)
                .convert()
                .model()
                .graph();
        assertEquals(
                Storage.SCALED_INT8, bytes.value("depthwise/kernel").constant().storage());
        assertEquals(3, bytes.value("depthwise/kernel").constant().scales().axis());
    }

    @Test
    void weightsBeyondFloat16StayFloat32() {
        Net net = new Net(1);
        Value w = net.builder.constant("w", Shape.of(1, 2), 70_000, 1);
        Graph graph = net.outputs(net.add("d", new FullyConnectedAttributes(Activation.NONE), net.input(1, 2), w));
        Graph after = Converter.from(graph, METADATA)
                .quantize(Precision.FLOAT16)
                .convert()
                .model()
                .graph();
        assertEquals(Storage.FLOAT32, after.value("w").constant().storage());
    }

    @Test
    void withoutEvaluationDataTheCalibrationHasToDoAndTheFileSaysSo() {
        Conversion conversion = Converter.from(SOURCE, METADATA)
                .quantize(Precision.INT8)
                .calibrate(samples)
                .calibrationLimit(50)
                .convert();
        assertEquals(50, conversion.report().comparison().orElseThrow().samples());
        assertFalse(conversion.report().unseenData());
        assertTrue(conversion.report().toString().contains("samples of the calibration"));
        assertEquals("calibration", conversion.model().metadata().properties().get("evidence.data"));
    }
}
