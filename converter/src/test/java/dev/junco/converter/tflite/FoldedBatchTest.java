package dev.junco.converter.tflite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.converter.ConversionException;
import dev.junco.converter.Converter;
import dev.junco.converter.tflite.FlatWriter.Table;
import dev.junco.runtime.Interpreter;
import dev.junco.runtime.InterpreterOptions;
import dev.junco.runtime.KernelChoice;
import dev.junco.runtime.Model;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.ModelContent;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a file computes from the batch size is known when it is imported: then no other batch size may be chosen, unless the graph follows it. */
class FoldedBatchTest {
    private static final int ADD = 0;
    private static final int MUL = 18;
    private static final int RESHAPE = 22;
    private static final int CAST = 53;
    private static final int SLICE = 65;
    private static final int TILE = 69;
    private static final int SHAPE = 77;
    private static final int PACK = 83;

    private final SmallFile file = new SmallFile();

    private static Model model(byte[] file) {
        ModelContent content = TfliteImporter.read(ByteBuffer.wrap(file), "small");
        return Model.of(content.signatures(), content.metadata());
    }

    private static Interpreter batch(Model model, int size) {
        return model.interpreter(
                InterpreterOptions.DEFAULT.withKernels(KernelChoice.PLAIN).withBatch(size));
    }

    private static String refusal(Model model) {
        return assertThrows(GraphException.class, () -> batch(model, 3)).getMessage();
    }

    /** The sizes of x, then the one in a place. */
    private int size(int x, int rank, int place) {
        int shape = file.tensor("shape", SmallFile.INT32, rank);
        int begin = file.ints("begin", place);
        int one = file.ints("one", 1);
        int size = file.tensor("size", SmallFile.INT32, 1);
        file.operator(SHAPE, null, new int[] {x}, shape).operator(SLICE, null, new int[] {shape, begin, one}, size);
        return size;
    }

    /** x · size. */
    private byte[] multiplied(int place) {
        int x = file.tensor("x", SmallFile.FLOAT32, 1, 2);
        int factor = file.tensor("factor", SmallFile.FLOAT32, 1);
        int y = file.tensor("y", SmallFile.FLOAT32, 1, 2);
        return file.operator(CAST, new Table(), new int[] {size(x, 2, place)}, factor)
                .operator(MUL, new Table(), new int[] {x, factor}, y)
                .bytes(new int[] {x}, y);
    }

    @Test
    void batchAsANumberIsRefused() {
        Model model = model(multiplied(0));
        String message = refusal(model);
        assertTrue(
                message.startsWith(
                        "batch size 3 was asked for, but the model holds for 1 only: MUL version 3 'y' uses"),
                message);
        assertEquals("1×2", batch(model, 1).output().spec().shape().toString());
        assertEquals("1×2", batch(model, 0).output().spec().shape().toString());
    }

    @Test
    void otherSizesAreNumbersLikeAnyOther() {
        Interpreter interpreter = batch(model(multiplied(1)), 3);
        interpreter.input().set(new float[] {1, 2, 3, 4, 5, 6});
        interpreter.run();
        assertArrayEquals(new float[] {2, 4, 6, 8, 10, 12}, interpreter.output().toArray());
    }

    @Test
    void theRefusalSurvivesConversion() {
        Model converted = Converter.from(model(multiplied(0))).convert().model();
        assertTrue(refusal(converted).contains("the model holds for 1 only"));
    }

    @Test
    void boundsOfTheBatchAreRefusedForTheConvertedModelToo() {
        Model converted = Converter.from(model(multiplied(0))).convert().model();
        Converter bounded = Converter.from(converted).bound("x", 0, 4);
        String message =
                assertThrows(ConversionException.class, bounded::convert).getMessage();
        assertTrue(message.contains("axis 0 of input 'x' cannot be bounded: the model holds for its own"), message);
        Converter other = Converter.from(converted).bound("x", 1, 4);
        assertEquals(List.of(0, 4), other.convert().model().bounds().get("x"));
    }

    @Test
    void reshapesThatRebuildTheBatchFollowIt() {
        int x = file.tensor("x", SmallFile.FLOAT32, 1, 2, 3);
        int six = file.ints("six", 6);
        int wanted = file.tensor("wanted", SmallFile.INT32, 2, 1);
        int flat = file.tensor("flat", SmallFile.INT32, 2);
        int two = file.ints("two", 2);
        int y = file.tensor("y", SmallFile.FLOAT32, 1, 6);
        byte[] bytes = file.operator(PACK, new Table().int32(0, 2), new int[] {size(x, 3, 0), six}, wanted)
                .operator(RESHAPE, null, new int[] {wanted, two}, flat)
                .operator(RESHAPE, null, new int[] {x, flat}, y)
                .bytes(new int[] {x}, y);
        Interpreter interpreter = batch(model(bytes), 3);
        assertEquals("3×6", interpreter.output().spec().shape().toString());
    }

    @Test
    void slicesOfTheWholeBatchFollowIt() {
        int x = file.tensor("x", SmallFile.FLOAT32, 1, 2);
        int shape = file.tensor("shape", SmallFile.INT32, 2);
        int zeros = file.ints("zeros", 0, 0);
        int y = file.tensor("y", SmallFile.FLOAT32, 1, 2);
        byte[] bytes = file.operator(SHAPE, null, new int[] {x}, shape)
                .operator(SLICE, null, new int[] {x, zeros, shape}, y)
                .bytes(new int[] {x}, y);
        assertEquals("3×2", batch(model(bytes), 3).output().spec().shape().toString());
    }

    /** A row for each sample, made when there is one sample. */
    @Test
    void repetitionsForEachSampleAreRefused() {
        int x = file.tensor("x", SmallFile.FLOAT32, 1, 2);
        int one = file.ints("times", 1);
        int times = file.tensor("all", SmallFile.INT32, 2, 1);
        int flat = file.tensor("flat", SmallFile.INT32, 2);
        int two = file.ints("two", 2);
        int row = file.floats("row", new float[] {1, 2}, 1, 2);
        int tiled = file.tensor("tiled", SmallFile.FLOAT32, 1, 2);
        int y = file.tensor("y", SmallFile.FLOAT32, 1, 2);
        byte[] bytes = file.operator(PACK, new Table().int32(0, 2), new int[] {size(x, 2, 0), one}, times)
                .operator(RESHAPE, null, new int[] {times, two}, flat)
                .operator(TILE, null, new int[] {row, flat}, tiled)
                .operator(ADD, new Table(), new int[] {x, tiled}, y)
                .bytes(new int[] {x}, y);
        assertTrue(refusal(model(bytes)).contains("ADD version 3 'y' uses a shape"));
    }

    @Test
    void shapesAsResultsAreRefused() {
        int x = file.tensor("x", SmallFile.FLOAT32, 1, 2);
        int y = file.tensor("y", SmallFile.FLOAT32, 1, 2);
        byte[] bytes = file.operator(ADD, new Table(), new int[] {x, x}, y).bytes(new int[] {x}, y, size(y, 2, 0));
        assertTrue(refusal(model(bytes)).contains("output 'size' uses a shape"));
    }
}
