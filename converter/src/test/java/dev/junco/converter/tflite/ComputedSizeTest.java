package dev.junco.converter.tflite;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.converter.ConversionException;
import dev.junco.converter.Converter;
import dev.junco.converter.tflite.FlatWriter.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bounds are refused where the import computes with a size, even if most sizes do not show it. */
class ComputedSizeTest {
    private static final int ADD = 0;
    private static final int MUL = 18;
    private static final int STRIDED_SLICE = 45;
    private static final int CAST = 53;
    private static final int MINIMUM = 57;
    private static final int SHAPE = 77;

    @TempDir
    Path folder;

    /** Two rows are added to x · size of the batch: there are the sizes 1 and 2, and no other one. */
    @Test
    void sizesThatTheImportComputesWithAreRefusedWhereThereAreFew() throws IOException {
        SmallFile file = new SmallFile();
        int x = file.tensor("x", SmallFile.FLOAT32, 1, 2);
        int shape = file.tensor("shape", SmallFile.INT32, 2);
        int begin = file.ints("begin", 0);
        int end = file.ints("end", 1);
        int size = file.tensor("size", SmallFile.INT32);
        file.operator(SHAPE, new Table(), new int[] {x}, shape);
        file.operator(STRIDED_SLICE, new Table().int32(4, 1), new int[] {shape, begin, end, end}, size);
        int number = file.tensor("number", SmallFile.FLOAT32);
        file.operator(CAST, new Table(), new int[] {size}, number);
        int product = file.tensor("product", SmallFile.FLOAT32, 1, 2);
        file.operator(MUL, new Table(), new int[] {x, number}, product);
        int table = file.floats("table", new float[4], 2, 2);
        int y = file.tensor("y", SmallFile.FLOAT32, 2, 2);
        file.operator(ADD, new Table(), new int[] {product, table}, y);
        refuses(file.bytes(new int[] {x}, y), "x", 0, 2, "has an operand 'number' that is computed from the size");
    }

    /** x · min(length, 10): the same node at every size from 10 on. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void sizesThatCountOnlyWhereTheyAreSmallAreRefusedToo(int length) throws IOException {
        SmallFile file = new SmallFile();
        int frames = file.tensor("frames", SmallFile.FLOAT32, 1, length);
        int shape = file.tensor("shape", SmallFile.INT32, 2);
        int begin = file.ints("begin", 1);
        int end = file.ints("end", 2);
        int one = file.ints("one", 1);
        int size = file.tensor("size", SmallFile.INT32);
        file.operator(SHAPE, new Table(), new int[] {frames}, shape);
        file.operator(STRIDED_SLICE, new Table().int32(4, 1), new int[] {shape, begin, end, one}, size);
        int least = file.tensor("least", SmallFile.INT32, 1);
        file.operator(MINIMUM, new Table(), new int[] {size, file.ints("ten", 10)}, least);
        int number = file.tensor("number", SmallFile.FLOAT32, 1);
        file.operator(CAST, new Table(), new int[] {least}, number);
        int y = file.tensor("weighted", SmallFile.FLOAT32, 1, length);
        file.operator(MUL, new Table(), new int[] {frames, number}, y);
        refuses(file.bytes(new int[] {frames}, y), "frames", 1, 40, "output 'weighted' has other numbers at this size");
    }

    private void refuses(byte[] bytes, String input, int axis, int most, String part) throws IOException {
        Path file = Files.write(folder.resolve("model.tflite"), bytes);
        String message = assertThrows(
                        ConversionException.class,
                        () -> Converter.from(file).bound(input, axis, most).convert())
                .getMessage();
        assertTrue(message.contains(part), message);
    }
}
