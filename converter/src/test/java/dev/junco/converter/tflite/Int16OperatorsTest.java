package dev.junco.converter.tflite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.converter.tflite.FlatWriter.Table;
import dev.junco.runtime.graph.Graph;
import org.junit.jupiter.api.Test;

/** Operators of int16 activations that are imported as they are: one each, with results that can be computed by hand. */
class Int16OperatorsTest {
    private static final int RESIZE_BILINEAR = 23;
    private static final int EXP = 47;
    private static final int LESS = 58;
    private static final int TRANSPOSE_CONV = 67;
    private static final int LOG = 73;
    private static final int SQRT = 75;
    private static final int RSQRT = 76;
    private static final int ABS = 101;
    private static final int BATCH_MATMUL = 126;

    private static double[] function(int code, float from, float to, double... x) {
        SmallFile file = new SmallFile();
        int in = file.scaled("x", SmallFile.INT16, from, 0, x.length);
        int y = file.scaled("y", SmallFile.INT16, to, 0, x.length);
        byte[] bytes = file.operator(code, null, new int[] {in}, y).bytes(new int[] {in}, y);
        return TfliteImporterTest.run(TfliteImporterTest.graph(bytes), x);
    }

    @Test
    void functions() {
        assertArrayEquals(new double[] {6, 32767, 0}, function(ABS, 0.5f, 0.25f, -3, 32767, 0));
        assertArrayEquals(new double[] {4, 2, 0}, function(SQRT, 0.5f, 1, 32, 15, -9)); // √7.5 is cut off
        assertArrayEquals(new double[] {1000, 2718, 368}, function(EXP, 0.0001f, 0.001f, 0, 10000, -10000), 1);
        assertArrayEquals(new double[] {0, -32768, 2303}, function(LOG, 0.001f, 0.001f, 1000, -500, 10000), 1);
        assertArrayEquals(new double[] {500, 32767}, function(RSQRT, 0.001f, 0.001f, 4000, -500), 1);
    }

    @Test
    void comparisonsOfOneScale() {
        SmallFile file = new SmallFile();
        int a = file.scaled("a", SmallFile.INT16, 0.5f, 0, 3);
        int b = file.constant("b", SmallFile.INT16, 0.5f, 0, new byte[] {0, 1}, 1);
        int y = file.tensor("y", SmallFile.BOOL, 3);
        Graph graph = TfliteImporterTest.graph(
                file.operator(LESS, null, new int[] {a, b}, y).bytes(new int[] {a}, y));
        assertArrayEquals(new double[] {1, 0, 0}, TfliteImporterTest.run(graph, 255, 256, 257));

        file = new SmallFile();
        a = file.scaled("a", SmallFile.INT16, 0.5f, 0, 3);
        b = file.constant("b", SmallFile.INT16, 1, 0, new byte[] {0, 1}, 1);
        y = file.tensor("y", SmallFile.BOOL, 3);
        String message = TfliteImporterTest.refusal(
                file.operator(LESS, null, new int[] {a, b}, y).bytes(new int[] {a}, y));
        assertTrue(message.contains("expected one scale, because integers are compared"), message);
    }

    @Test
    void productsOfMatrices() {
        SmallFile file = new SmallFile();
        int a = file.scaled("a", SmallFile.INT16, 0.5f, 0, 2, 2);
        int b = file.constant("b", SmallFile.INT16, 0.25f, 0, new byte[] {1, 0, 2, 0, 3, 0, -4, -1}, 2, 2);
        int y = file.scaled("y", SmallFile.INT16, 0.125f, 0, 2, 2);
        Graph graph = TfliteImporterTest.graph(
                file.operator(BATCH_MATMUL, new Table(), new int[] {a, b}, y).bytes(new int[] {a}, y));
        assertArrayEquals(new double[] {7, -6, 300, -400}, TfliteImporterTest.run(graph, 1, 2, 0, 100));
    }

    @Test
    void linearResizing() {
        SmallFile file = new SmallFile();
        int x = file.scaled("x", SmallFile.INT16, 1, 0, 1, 1, 2, 1);
        int size = file.ints("size", 1, 4);
        int y = file.scaled("y", SmallFile.INT16, 1, 0, 1, 1, 4, 1);
        Graph graph = TfliteImporterTest.graph(file.operator(RESIZE_BILINEAR, new Table(), new int[] {x, size}, y)
                .bytes(new int[] {x}, y));
        assertArrayEquals(new double[] {1000, 1501, 2001, 2001}, TfliteImporterTest.run(graph, 1000, 2001));
    }

    /** 0.3 · 105004 is 31501.2; rounded to 15 bits the factor is a little larger and makes it 31501.52. */
    @Test
    void theTypeOfTheBiasTellsTheArithmeticOfTransposedConvolutions() {
        SmallFile file = new SmallFile();
        assertArrayEquals(new double[] {31502, 1}, transposed(file, file.longs("b", 0), new Table()));
        file = new SmallFile();
        assertArrayEquals(new double[] {31501, 1}, transposed(file, file.ints("b", 0), new Table()));
        assertArrayEquals(new double[] {31502, 1}, transposed(new SmallFile(), -1, new Table()));
        assertArrayEquals(
                new double[] {31501, 1}, transposed(new SmallFile(), -1, new Table().int8(4, SmallFile.INT32)));
        file = new SmallFile();
        double[] wide = transposed(file, file.longs("b", -5_000_000_000L), new Table());
        assertArrayEquals(new double[] {-32768, -32768}, wide);
    }

    private static double[] transposed(SmallFile file, int bias, Table options) {
        int shape = file.ints("shape", 1, 1, 2, 1);
        int w = file.constant("w", SmallFile.INT8, 0.3f, 0, new byte[] {4}, 1, 1, 1, 1);
        int x = file.scaled("x", SmallFile.INT16, 1, 0, 1, 1, 2, 1);
        int y = file.scaled("y", SmallFile.INT16, 1, 0, 1, 1, 2, 1);
        options.int32(1, 1).int32(2, 1);
        file.operator(TRANSPOSE_CONV, options, new int[] {shape, w, x, bias}, y);
        return TfliteImporterTest.run(TfliteImporterTest.graph(file.bytes(new int[] {x}, y)), 26251, 1);
    }
}
