package dev.junco.converter.tflite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.junco.converter.Comparison;
import dev.junco.converter.Conversion;
import dev.junco.converter.Converter;
import dev.junco.converter.ModelFiles;
import dev.junco.converter.Precision;
import dev.junco.converter.Samples;
import dev.junco.converter.measure.BatchRunner;
import dev.junco.runtime.DType;
import dev.junco.runtime.Model;
import dev.junco.runtime.graph.Node;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** float32 models of TensorFlow Lite under the folder that JUNCO_DATA names, put into int8 and compared with themselves. */
class PublicModelsInt8Test {
    private static final String FASHION = "keras/v3/fashion-cvishakh/fashion_mnist_model.tflite";
    private static final String WORDS = "mlperf-tiny/keyword_spotting/kws_ref_model_float32.tflite";
    private static final String THINGS = "mlperf-tiny/image_classification/pretrainedResnet.tflite";
    private static final String DIGITS = "tflite/tflite-micro/mnist_lstm/trained_lstm.tflite";
    private static final String SINE = "tflite/tflite-micro/hello_world/models/hello_world_float.tflite";

    private static Path data(String path) {
        String root = System.getenv("JUNCO_DATA");
        assumeTrue(root != null && Files.exists(Path.of(root, path)), "JUNCO_DATA does not lead to " + path);
        return Path.of(root, path);
    }

    private static Conversion int8(Path model, Samples calibration, Samples evaluation) {
        return Converter.from(ModelFiles.read(model))
                .quantize(Precision.INT8)
                .calibrate(calibration)
                .calibrationLimit(calibration.featureCount() > 1 ? 32 : 200)
                .evaluate(evaluation)
                .convert();
    }

    /** The operators that still give float32, without the change of type at the end. */
    private static Set<String> floats(Model model) {
        return model.graph().nodes().stream()
                .filter(node -> node.output().type() == DType.FLOAT32)
                .map(Node::attributes)
                .map(attributes -> attributes.getClass().getSimpleName().replace("Attributes", ""))
                .filter(name -> !name.equals("Dequantize"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void clothesAreToldApartAsWell() throws IOException {
        Path model = data(FASHION);
        Samples train = new Images(data("fashion-mnist/train-images-idx3-ubyte.gz"), 200);
        Samples test = new Images(data("fashion-mnist/t10k-images-idx3-ubyte.gz"), 200);
        Conversion conversion = int8(model, train, test);
        Comparison comparison = conversion.report().comparison().orElseThrow();
        assertEquals(Set.of(), floats(conversion.model()));
        assertTrue(comparison.before() > 0.88, comparison.toString());
        assertTrue(comparison.drop() <= 0.01, comparison.toString());
        assertTrue(comparison.agreement() >= 0.97, comparison.toString());
    }

    @Test
    void wordsAreSpottedAsWell() throws IOException {
        Conversion conversion = variations(WORDS, 49, 10);
        assertEquals(Set.of(), floats(conversion.model()));
        assertTrue(conversion.report().passes().contains("undo-dynamic-rounding"), "its layers are hybrid");
        assertTrue(agreement(conversion) >= 0.95, conversion.report().toString());
    }

    @Test
    void thingsAreRecognisedAsWell() throws IOException {
        Conversion conversion = variations(THINGS, 32, 96);
        assertEquals(Set.of(), floats(conversion.model()));
        assertTrue(agreement(conversion) >= 0.9, conversion.report().toString());
    }

    @Test
    void digitsAreReadAsWell() throws IOException {
        Conversion conversion = variations(DIGITS, 28, 28);
        assertEquals(Set.of("Lstm"), floats(conversion.model()));
        String report = conversion.report().toString();
        assertTrue(report.contains("stays float32            Lstm: its cells would need 16 bits"), report);
        // two of forty are read otherwise, where two digits are as likely
        assertTrue(agreement(conversion) >= 0.95, report);
        double worst = conversion.report().comparison().orElseThrow().worst();
        assertTrue(worst < 0.03, "worst difference " + worst);
    }

    @Test
    void aSineKeepsItsForm() {
        Samples angles = samples(1, 400, (index, x) -> x[0] = (float) (index * 2 * Math.PI / 400));
        Conversion conversion = int8(data(SINE), angles, angles);
        assertEquals(Set.of(), floats(conversion.model()));
        double worst = conversion.report().comparison().orElseThrow().worst();
        assertTrue(worst < 0.1, "worst difference " + worst);
    }

    /** Every model that takes real numbers, most of them of one operator. */
    @TestFactory
    Stream<DynamicTest> whateverCanBeImportedCanBeConverted() throws IOException {
        Path root = data("tflite/glow-ops");
        List<Path> models;
        try (Stream<Path> files = Files.walk(root)) {
            models = files.filter(file -> file.toString().endsWith(".tflite"))
                    .sorted()
                    .toList();
        }
        return models.stream()
                .filter(file -> !file.toString().contains("detection")) // slow on random boxes, and nothing to quantise
                .filter(file -> ModelFiles.read(file).graph().inputs().stream()
                        .allMatch(input -> input.type() == DType.FLOAT32))
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> convert(file)));
    }

    private static void convert(Path file) {
        Model model = ModelFiles.read(file);
        int features = model.graph().inputs().stream()
                        .mapToInt(input -> input.shape().elements())
                        .sum()
                / BatchRunner.ownBatch(model);
        Samples samples = samples(features, 3, (index, x) -> {
            Random random = new Random(index);
            for (int i = 0; i < x.length; i++) {
                x[i] = 0.1f + random.nextFloat();
            }
        });
        Conversion conversion = int8(file, samples, samples);
        Comparison comparison = conversion.report().comparison().orElseThrow();
        assertTrue(comparison.mean() <= 0.02, file + ": " + comparison);
    }

    private static double agreement(Conversion conversion) {
        return conversion.report().comparison().orElseThrow().agreement();
    }

    /** A model on shifted, scaled and noisy variations of its recorded input. */
    private static Conversion variations(String model, int rows, int columns) throws IOException {
        data(model + ".npz");
        double[] recorded = Recording.of(data(model), List.of(), List.of(), List.of())
                .inputs()
                .get(0);
        double largest = 0;
        for (double value : recorded) {
            largest = Math.max(largest, Math.abs(value));
        }
        double noise = 0.02 * largest;
        Samples samples = samples(rows * columns, 40, (index, x) -> {
            Random random = new Random(index);
            int down = random.nextInt(5) - 2;
            double gain = 0.9 + 0.2 * random.nextDouble();
            for (int i = 0; i < x.length; i++) {
                int row = Math.floorMod(i / columns + down, rows);
                x[i] = (float) (recorded[row * columns + i % columns] * gain + noise * random.nextGaussian());
            }
        });
        return int8(data(model), samples, samples);
    }

    private interface Maker {
        void make(int index, float[] x);
    }

    private static Samples samples(int features, int size, Maker maker) {
        return new Samples() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public int featureCount() {
                return features;
            }

            @Override
            public void features(int index, float[] target, int offset) {
                float[] x = new float[features];
                maker.make(index, x);
                System.arraycopy(x, 0, target, offset, features);
            }
        };
    }

    /** The first images of Fashion-MNIST with their classes, from 0 to 1. */
    private static final class Images implements Samples {
        private final byte[] pixels;
        private final byte[] labels;

        Images(Path file, int size) throws IOException {
            pixels = body(file, 16, size * 28 * 28);
            Path names = file.resolveSibling(file.getFileName().toString().replace("images-idx3", "labels-idx1"));
            labels = body(names, 8, size);
        }

        private static byte[] body(Path file, int header, int bytes) throws IOException {
            try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
                DataInputStream data = new DataInputStream(in);
                data.readFully(new byte[header]);
                byte[] body = new byte[bytes];
                data.readFully(body);
                return body;
            }
        }

        @Override
        public int size() {
            return labels.length;
        }

        @Override
        public int featureCount() {
            return 28 * 28;
        }

        @Override
        public void features(int index, float[] target, int offset) {
            for (int i = 0; i < 28 * 28; i++) {
                target[offset + i] = (pixels[index * 28 * 28 + i] & 0xFF) / 255f;
            }
        }

        @Override
        public int label(int index) {
            return labels[index];
        }
    }
}
