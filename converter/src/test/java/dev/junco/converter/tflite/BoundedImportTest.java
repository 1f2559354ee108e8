package dev.junco.converter.tflite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.junco.converter.ConversionException;
import dev.junco.converter.Converter;
import dev.junco.converter.ModelFiles;
import dev.junco.converter.Precision;
import dev.junco.converter.tflite.FlatWriter.Table;
import dev.junco.runtime.Interpreter;
import dev.junco.runtime.InterpreterOptions;
import dev.junco.runtime.KernelChoice;
import dev.junco.runtime.Metadata;
import dev.junco.runtime.Model;
import dev.junco.runtime.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Foreign models whose inputs vary in size: in every size they give the bits of the same model imported in that size. */
class BoundedImportTest {
    private static final int CONV_2D = 3;
    private static final int ADD = 0;
    private static final int FULLY_CONNECTED = 9;
    private static final int PACK = 83;
    private static final int RESHAPE = 22;
    private static final int SHAPE = 77;
    private static final int SOFTMAX = 25;
    private static final int STRIDED_SLICE = 45;
    private static final int LSTM = 44;
    private static final int MEAN = 40;
    private static final int CAST = 53;
    private static final int MUL = 18;
    private static final int FEATURES = 5;
    private static final int FILTERS = 6;
    private static final int UNITS = 4;
    private static final int CLASSES = 3;
    private static final int MOST = 40;
    private static final InterpreterOptions PLAIN = InterpreterOptions.DEFAULT.withKernels(KernelChoice.PLAIN);

    @TempDir
    Path folder;

    private static float[] numbers(int seed, int count) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian() / 2;
        }
        return values;
    }

    /** The tensor of an input whose axis 1 is open. */
    private static int open(SmallFile file, int time) {
        return file.add(new Table()
                .int32s(0, 1, time, FEATURES)
                .int8(1, SmallFile.FLOAT32)
                .string(3, "frames")
                .int32s(7, 1, -1, FEATURES));
    }

    /** Size of axis 1 of a tensor, as exporters write it. */
    private static int time(SmallFile file, int x) {
        int shape = file.tensor("shape", SmallFile.INT32, 3);
        int begin = file.ints("begin", 1);
        int end = file.ints("end", 2);
        int one = file.ints("one", 1);
        int time = file.tensor("time", SmallFile.INT32);
        file.operator(SHAPE, new Table(), new int[] {x}, shape);
        file.operator(STRIDED_SLICE, new Table().int32(4, 1), new int[] {shape, begin, end, one}, time);
        return time;
    }

    /** A convolution over time, written as exporters write it; an LSTM; a dense layer and a softmax for each instant; computed shapes between them. */
    private static byte[] listener(int time) {
        SmallFile file = new SmallFile();
        int frames = open(file, time);
        int steps = time(file, frames);
        int batch = file.constant("batch", SmallFile.INT32, new byte[] {1, 0, 0, 0});
        int features = file.constant("features", SmallFile.INT32, new byte[] {FEATURES, 0, 0, 0});
        int filters = file.constant("filters", SmallFile.INT32, new byte[] {FILTERS, 0, 0, 0});
        int imageShape = file.tensor("image_shape", SmallFile.INT32, 4);
        Table four = new Table().int32(0, 4);
        file.operator(PACK, four, new int[] {batch, steps, batch, features}, imageShape);
        int image = file.tensor("image", SmallFile.FLOAT32, 1, 1, 1, FEATURES);
        file.operator(RESHAPE, new Table(), new int[] {frames, imageShape}, image);
        int kernel = file.floats("kernel", numbers(1, FILTERS * 3 * FEATURES), FILTERS, 3, 1, FEATURES);
        int bias = file.floats("bias", numbers(2, FILTERS), FILTERS);
        int heard = file.tensor("heard", SmallFile.FLOAT32, 1, 1, 1, FILTERS);
        Table same = new Table().int8(0, 0).int32(1, 1).int32(2, 1).int8(3, 1);
        file.operator(CONV_2D, same, new int[] {image, kernel, bias}, heard);
        int sequenceShape = file.tensor("sequence_shape", SmallFile.INT32, 3);
        file.operator(PACK, new Table().int32(0, 3), new int[] {batch, steps, filters}, sequenceShape);
        int sequence = file.tensor("sequence", SmallFile.FLOAT32, 1, 1, FILTERS);
        file.operator(RESHAPE, new Table(), new int[] {heard, sequenceShape}, sequence);
        int remembered = lstm(file, sequence);
        int weights = file.floats("weights", numbers(3, CLASSES * UNITS), CLASSES, UNITS);
        int scores = file.tensor("scores", SmallFile.FLOAT32, 1, 1, CLASSES);
        file.operator(FULLY_CONNECTED, new Table().int8(2, 1), new int[] {remembered, weights, -1}, scores);
        int classes = file.tensor("classes", SmallFile.FLOAT32, 1, 1, CLASSES);
        file.operator(SOFTMAX, new Table().float32(0, 1), new int[] {scores}, classes);
        return file.bytes(new int[] {frames}, classes);
    }

    private static int lstm(SmallFile file, int x) {
        int[] inputs = new int[24];
        Arrays.fill(inputs, -1);
        inputs[0] = x;
        for (int gate = 0; gate < 4; gate++) {
            inputs[1 + gate] = file.floats("w" + gate, numbers(10 + gate, UNITS * FILTERS), UNITS, FILTERS);
            inputs[5 + gate] = file.floats("r" + gate, numbers(20 + gate, UNITS * UNITS), UNITS, UNITS);
            inputs[12 + gate] = file.floats("b" + gate, numbers(30 + gate, UNITS), UNITS);
        }
        for (int state = 0; state < 2; state++) {
            inputs[18 + state] = file.add(new Table()
                    .int32s(0, 1, UNITS)
                    .int8(1, SmallFile.FLOAT32)
                    .string(3, "state" + state)
                    .int8(5, 1));
        }
        int y = file.tensor("remembered", SmallFile.FLOAT32, 1, 1, UNITS);
        file.operator(LSTM, new Table().int8(0, 4), inputs, y);
        return y;
    }

    /** The input divided by its length, which the import computes with. */
    private static byte[] averager() {
        SmallFile file = new SmallFile();
        int frames = open(file, 4);
        int steps = time(file, frames);
        int number = file.tensor("number", SmallFile.FLOAT32);
        file.operator(CAST, new Table(), new int[] {steps}, number);
        int y = file.tensor("weighted", SmallFile.FLOAT32, 1, 4, FEATURES);
        file.operator(MUL, new Table(), new int[] {frames, number}, y);
        return file.bytes(new int[] {frames}, y);
    }

    /** A table of positions, one for each of four instants, is added. */
    private static byte[] positions() {
        SmallFile file = new SmallFile();
        int frames = open(file, 4);
        int table = file.floats("table", numbers(4, 4 * FEATURES), 1, 4, FEATURES);
        int y = file.tensor("placed", SmallFile.FLOAT32, 1, 4, FEATURES);
        file.operator(ADD, new Table(), new int[] {frames, table}, y);
        return file.bytes(new int[] {frames}, y);
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("model.tflite"), bytes);
    }

    private static float[] run(Interpreter interpreter, Shape shape) {
        interpreter.reset();
        if (!interpreter.input().spec().shape().equals(shape)) {
            interpreter.resize(interpreter.input().name(), shape);
        }
        interpreter.input().set(numbers(shape.hashCode(), shape.elements()));
        interpreter.run();
        return interpreter.output().toArray();
    }

    @ParameterizedTest
    @EnumSource(
            value = Precision.class,
            names = {"FLOAT32", "FLOAT16", "INT8_WEIGHTS"})
    void everySizeGivesTheBitsOfTheModelOfThatSize(Precision precision) throws IOException {
        Path file = write(listener(1));
        byte[] converted = Converter.from(file)
                .quantize(precision)
                .bound("frames", 1, MOST)
                .convert()
                .toBytes();
        Model model = Model.load(converted);
        assertEquals(Map.of("frames", List.of(0, MOST, 0)), model.bounds());
        Interpreter interpreter = model.interpreter(PLAIN);
        for (int time : new int[] {7, MOST, 1, 2, 7, 39, 20}) {
            Shape shape = Shape.of(1, time, FEATURES);
            Model fixed = Converter.from(write(listener(time)))
                    .quantize(precision)
                    .convert()
                    .model();
            assertArrayEquals(run(fixed.interpreter(PLAIN), shape), run(interpreter, shape), "time " + time);
            assertEquals(Shape.of(1, time, CLASSES), interpreter.output().spec().shape());
        }
    }

    @Test
    void tellsWhichAxesTheMakerLeftOpen() throws IOException {
        assertEquals(Map.of("frames", List.of(1)), ModelFiles.openAxes(write(listener(1))));
        assertEquals(Map.of(), ModelFiles.openAxes(write(SmallFiles.lstm())));
    }

    @Test
    void boundsMayBeGivenToAModelInMemoryToo() {
        Model model = Model.of(TfliteImporterTest.graph(SmallFiles.lstm()), Metadata.EMPTY);
        Interpreter any =
                Converter.from(model).bound("x", 1, 9).convert().model().interpreter(PLAIN);
        Interpreter fixed = model.interpreter(PLAIN);
        assertArrayEquals(run(fixed, Shape.of(1, 4, 3)), run(any, Shape.of(1, 4, 3)));
        run(any, Shape.of(1, 9, 3));
        assertEquals(Shape.of(1, 9, 2), any.output().spec().shape());
    }

    @Test
    void sizesThatTheImportComputesWithAreRefused() throws IOException {
        refuses(
                averager(),
                "frames",
                1,
                20,
                "Binary 'weighted' has an operand 'number' that is computed from the size");
    }

    @Test
    void boundsBeyondAllTensorsAreRefused() throws IOException {
        refuses(positions(), "frames", 1, Integer.MAX_VALUE, "axis 1 of input 'frames' is bounded by 2147483647");
    }

    @Test
    void operatorsThatCannotFollowAreNamed() throws IOException {
        refuses(positions(), "frames", 1, 20, "to the size 'frames' 1×20×5: ", "'placed'");
        // the states of the LSTM have a batch of one
        refuses(SmallFiles.lstm(), "x", 0, 3, "to the size 'x' 3×4×3: ", "'y'");
    }

    @Test
    void inputsAndAxesThatAreNotThereAreRefused() throws IOException {
        String has = "the model has 'frames' 1×4×5 with axes 0 to 2, of which the file leaves open [1]";
        refuses(averager(), "sound", 1, 20, "there is no input 'sound' to bound; " + has);
        refuses(averager(), "frames", 3, 20, "input 'frames' has no axis 3 to bound; " + has);
        refuses(averager(), "frames", 1, 3, "axis 1 of input 'frames' has size 4 and cannot be bounded by 3");
        refuses(averager(), "frames", -1, 3, "expected an axis from 0 on");
    }

    private void refuses(byte[] bytes, String input, int axis, int most, String... parts) throws IOException {
        Path file = write(bytes);
        String message = assertThrows(
                        ConversionException.class,
                        () -> Converter.from(file).bound(input, axis, most).convert())
                .getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), "'" + message + "' lacks '" + part + "'");
        }
    }

    private static Path data(String path) {
        String root = System.getenv("JUNCO_DATA");
        assumeTrue(root != null && Files.exists(Path.of(root, path)), "JUNCO_DATA does not lead to " + path);
        return Path.of(root, path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keyword_spotting/kws_ref_model_float32.tflite",
                "keyword_spotting/kws_ref_model.tflite",
                "image_classification/pretrainedResnet_quant.tflite"
            })
    void publicModelsTakeAnyBatch(String name) {
        Path file = data("mlperf-tiny/" + name);
        Model fixed = Converter.from(file).convert().model();
        String input = fixed.graph().inputs().get(0).name();
        Shape one = fixed.graph().inputs().get(0).shape();
        Model any = Converter.from(file).bound(input, 0, 4).convert().model();
        assertEquals(one, any.graph().inputs().get(0).shape());
        for (int batch : new int[] {4, 1, 3}) {
            Interpreter whole = fixed.interpreter(PLAIN.withBatch(batch));
            Interpreter resized = any.interpreter(PLAIN);
            Shape shape = one.with(0, batch);
            assertArrayEquals(run(whole, shape), run(resized, shape), "batch " + batch);
        }
    }

    @Test
    void aPublicModelThatJoinsTimeAndUnitsCannotFollow() throws IOException {
        byte[] bytes = Files.readAllBytes(data("tflite/tflite-micro/mnist_lstm/trained_lstm.tflite"));
        refuses(bytes, "fixed_input", 1, 40, "to the size 'fixed_input' 1×40×28: ", "RESHAPE", "flatten/Reshape");
    }
}
