package dev.junco.converter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.runtime.Metadata;
import dev.junco.runtime.Model;
import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a converter refuses, and with which sentence. */
class RefusalTest {
    private static final int FEATURES = 8 * 8 * 3;
    private static final Graph SOURCE = Net.classifier(5);
    private static final Metadata METADATA = Metadata.EMPTY;

    private final RandomSamples samples = new RandomSamples(20, FEATURES, 9);

    @TempDir
    Path folder;

    @Test
    void tooLargeADropWritesNothing() throws IOException {
        Samples faint = new Samples() {
            @Override
            public int size() {
                return 10;
            }

            @Override
            public int featureCount() {
                return FEATURES;
            }

            @Override
            public void features(int index, float[] target, int offset) {
                target[offset] = 1e-3f; // so that everything real is clipped
            }
        };
        RandomSamples labelled = new RandomSamples(60, FEATURES, 9, RefusalTest::answer);
        Converter converter = Converter.from(SOURCE, METADATA)
                .quantize(Precision.INT8)
                .calibrate(faint)
                .maxAccuracyDrop(0.005, labelled);
        Path file = folder.resolve("model.junco");
        AccuracyDropException e = assertThrows(AccuracyDropException.class, () -> converter.write(file));
        assertTrue(
                e.getMessage()
                        .matches("conversion to int8 lowers the accuracy from 100\\.00 % to [0-9.]+ %, by [0-9.]+"
                                + " points where at most 0\\.50 are allowed; nothing was written"),
                e.getMessage());
        assertEquals(60, e.report().comparison().orElseThrow().samples());
        try (var files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
        assertFalse(converter.convert().isAcceptable());
    }

    private static int answer(float[] features) {
        float[] y = Net.run(SOURCE, features)[0];
        int best = 0;
        for (int i = 1; i < y.length; i++) {
            best = y[i] > y[best] ? i : best;
        }
        return best;
    }

    @Test
    void aDropOfExactlyTheLimitIsAllowed() {
        Comparison comparison = new Comparison(1000, Metric.ACCURACY, 0.92, 0.915, 1, 0, 0);
        assertTrue(comparison.drop() > 0.005, "floating point makes it a little more");
        ConversionReport report = Converter.from(SOURCE, METADATA).convert().report();
        ConversionReport dropped = new ConversionReport(
                Precision.INT8,
                "int8",
                report.before(),
                report.after(),
                Map.of("main", comparison),
                true,
                List.of(),
                List.of(),
                1,
                Map.of());
        assertTrue(new Conversion(null, dropped, 0.005).isAcceptable());
        assertFalse(new Conversion(null, dropped, 0.004).isAcceptable());
    }

    @Test
    void nanInTheWeightsIsNamed() {
        Net net = new Net(1);
        Value w = net.builder.constant("w", Shape.of(1, 2), 1, Float.NaN);
        Graph graph = net.outputs(net.add("d", new FullyConnectedAttributes(Activation.NONE), net.input(1, 2), w));
        refuses(
                Converter.from(graph, METADATA),
                "weights 'w' hold NaN at index 1; the training has diverged, try a lower learning rate");
    }

    @Test
    void missingAndUnsuitableDataIsExplained() {
        Converter int8 = Converter.from(SOURCE, METADATA).quantize(Precision.INT8);
        refuses(
                int8,
                "int8 needs calibration data to learn the ranges of activations; give some with calibrate(samples)");
        refuses(
                int8.calibrate(new RandomSamples(0, FEATURES, 1)),
                "the calibration data has no samples; int8 needs at least one");
        refuses(
                int8.calibrate(new RandomSamples(5, 64, 1)),
                "samples have 64 feature values, the model takes 192 ('x' 1×8×8×3); is this the data that the model"
                        + " was made for?");
        refuses(
                Converter.from(SOURCE, METADATA).evaluate(new RandomSamples(0, FEATURES, 1)),
                "the evaluation data has no samples; give some, or none at all");
        refuses(
                Converter.from(SOURCE, METADATA).maxAccuracyDrop(0.01),
                "a limit on the accuracy drop needs evaluation data; give some with evaluate(samples)");
        refuses(
                Converter.from(SOURCE, METADATA).maxAccuracyDrop(0.01, new RandomSamples(5, FEATURES, 1)),
                "a limit on the accuracy drop needs evaluation data with labels or targets; these samples have none");
        refuses(
                Converter.from(SOURCE, METADATA).evaluate(new RandomSamples(5, FEATURES, 1, x -> 7)),
                "sample 0 has label 7, but the model answers 5 classes, 0 to 4");
    }

    @Test
    void anInt8ModelIsNotQuantisedAgain() {
        Model int8 = Converter.from(SOURCE, METADATA)
                .quantize(Precision.INT8)
                .calibrate(samples)
                .convert()
                .model();
        String message = assertThrows(
                        ConversionException.class,
                        () -> Converter.from(int8).quantize(Precision.FLOAT16).convert())
                .getMessage();
        assertTrue(message.endsWith("is int8 already; convert the float32 model to float16 weights instead"), message);
    }

    private static void refuses(Converter converter, String sentence) {
        ConversionException e = assertThrows(ConversionException.class, converter::convert);
        assertEquals(sentence, e.getMessage());
    }
}
