package dev.junco.converter.tflite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.converter.tflite.FlatWriter.Table;
import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.op.OperatorCatalog;
import dev.junco.runtime.op.ShapeRewrite;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Operators that become several of Junco's. */
class RareOperatorsTest {
    private static final int LOCAL_RESPONSE_NORMALIZATION = 13;
    private static final int RELU = 19;
    private static final int SQUEEZE = 43;
    private static final int SPARSE_TO_DENSE = 68;
    private static final int MATRIX_DIAG = 113;
    private static final int MATRIX_SET_DIAG = 115;
    private static final int RFFT2D = 131;
    private static final int IMAG = 133;
    private static final int REAL = 134;
    private static final int COMPLEX_ABS = 135;
    private static final int COMPLEX64 = 8;

    private static double[] localResponse(int radius, float bias, float alpha, float beta, double... x) {
        SmallFile file = new SmallFile();
        int in = file.tensor("x", SmallFile.FLOAT32, x.length / 3, 1, 1, 3);
        int y = file.tensor("y", SmallFile.FLOAT32, x.length / 3, 1, 1, 3);
        Table options =
                new Table().int32(0, radius).float32(1, bias).float32(2, alpha).float32(3, beta);
        byte[] bytes = file.operator(LOCAL_RESPONSE_NORMALIZATION, options, new int[] {in}, y)
                .bytes(new int[] {in}, y);
        return TfliteImporterTest.run(TfliteImporterTest.graph(bytes), x);
    }

    @Test
    void localResponseNormalisation() {
        double[] x = {1, -2, 3, 0.5, 0, -1};
        double[] squares = {1 + 4, 1 + 4 + 9, 4 + 9, 0.25, 0.25 + 1, 1};
        double[] all = {14, 14, 14, 1.25, 1.25, 1.25};
        double[] near = new double[6];
        double[] far = new double[6];
        for (int i = 0; i < 6; i++) {
            near[i] = x[i] * Math.pow(2 + 0.5 * squares[i], -0.75);
            far[i] = x[i] * Math.pow(1 + 0.1 * all[i], -0.5);
        }
        assertArrayEquals(near, localResponse(1, 2, 0.5f, 0.75f, x), 1e-6);
        assertArrayEquals(far, localResponse(5, 1, 0.1f, 0.5f, x), 1e-6);
    }

    /** Shapes of nodes before and behind do not hold a batch down. */
    @Test
    void theBatchOfAComposedOperatorIsFree() {
        SmallFile file = new SmallFile();
        int x = file.tensor("x", SmallFile.FLOAT32, 1, 2, 2, 3);
        int y = file.tensor("y", SmallFile.FLOAT32, 1, 2, 2, 3);
        Table options = new Table().int32(0, 1).float32(1, 1).float32(2, 1).float32(3, 1);
        Graph graph = TfliteImporterTest.graph(file.operator(LOCAL_RESPONSE_NORMALIZATION, options, new int[] {x}, y)
                .bytes(new int[] {x}, y));
        Graph larger = ShapeRewrite.withShapes(graph, OperatorCatalog.standard(), List.of(Shape.of(5, 2, 2, 3)));
        assertEquals("5×2×2×3", larger.outputs().get(0).shape().toString());

        file = new SmallFile();
        x = file.tensor("x", SmallFile.FLOAT32, 1, 3, 3, 3, 1);
        int w = file.floats("w", new float[8], 2, 2, 2, 1, 1);
        y = file.tensor("y", SmallFile.FLOAT32, 1, 2, 2, 2, 1);
        Table valid = new Table().int8(0, 1).int32(1, 1).int32(2, 1).int32(3, 1);
        graph = TfliteImporterTest.graph(
                file.operator(132, valid, new int[] {x, w, -1}, y).bytes(new int[] {x}, y));
        larger = ShapeRewrite.withShapes(graph, OperatorCatalog.standard(), List.of(Shape.of(4, 3, 3, 3, 1)));
        assertEquals("4×2×2×2×1", larger.outputs().get(0).shape().toString());
    }

    @Test
    void diagonals() {
        SmallFile file = new SmallFile();
        int x = file.tensor("x", SmallFile.FLOAT32, 2, 2);
        int y = file.tensor("y", SmallFile.FLOAT32, 2, 2, 2);
        Graph graph = TfliteImporterTest.graph(
                file.operator(MATRIX_DIAG, null, new int[] {x}, y).bytes(new int[] {x}, y));
        double[] infinite = TfliteImporterTest.run(graph, 1, 2, 3, Double.POSITIVE_INFINITY);
        assertArrayEquals(new double[] {1, 0, 0, 2, 3, 0, 0, Double.POSITIVE_INFINITY}, infinite);
        double[] tall = replaced(new float[] {7, 8}, 3, 2, 1, 2, 3, 4, 5, 6);
        assertArrayEquals(new double[] {7, 2, 3, 8, 5, 6}, tall);
        double[] wide = replaced(new float[] {7, 8}, 2, 3, 1, 2, 3, 4, 5, 6);
        assertArrayEquals(new double[] {7, 2, 3, 4, 8, 6}, wide);
    }

    private static double[] replaced(float[] diagonal, int rows, int columns, double... x) {
        SmallFile file = new SmallFile();
        int in = file.tensor("x", SmallFile.FLOAT32, rows, columns);
        int d = file.floats("d", diagonal, diagonal.length);
        int y = file.tensor("y", SmallFile.FLOAT32, rows, columns);
        byte[] bytes =
                file.operator(MATRIX_SET_DIAG, null, new int[] {in, d}, y).bytes(new int[] {in}, y);
        return TfliteImporterTest.run(TfliteImporterTest.graph(bytes), x);
    }

    @Test
    void listsBecomeTensors() {
        SmallFile file = new SmallFile();
        int places = file.ints("places", 4, 1);
        int shape = file.ints("shape", 5);
        int values = file.tensor("values", SmallFile.FLOAT32, 2);
        int other = file.floats("other", new float[] {-1});
        int y = file.tensor("y", SmallFile.FLOAT32, 5);
        Graph graph = TfliteImporterTest.graph(
                file.operator(SPARSE_TO_DENSE, null, new int[] {places, shape, values, other}, y)
                        .bytes(new int[] {values}, y));
        assertArrayEquals(new double[] {-1, 20, -1, -1, 10}, TfliteImporterTest.run(graph, 10, 20));

        file = new SmallFile();
        places = file.tensor("places", SmallFile.INT32, 2, 2);
        shape = file.ints("shape", 2, 3);
        values = file.floats("one", new float[] {1});
        other = file.floats("other", new float[] {0});
        y = file.tensor("y", SmallFile.FLOAT32, 2, 3);
        graph = TfliteImporterTest.graph(
                file.operator(SPARSE_TO_DENSE, null, new int[] {places, shape, values, other}, y)
                        .bytes(new int[] {places}, y));
        assertArrayEquals(new double[] {0, 0, 1, 1, 0, 0}, TfliteImporterTest.run(graph, 0, 2, 1, 0));
    }

    /** What comes behind the transform of one row of four. */
    private static byte[] transform(int code, int resultType, int... length) {
        SmallFile file = new SmallFile();
        int x = file.tensor("x", SmallFile.FLOAT32, 2, 1, 4);
        int lengths = file.ints("lengths", length);
        int spectrum = file.tensor("spectrum", COMPLEX64, 2, 1, 3);
        int squeezed = file.tensor("squeezed", COMPLEX64, 2, 3);
        int y = file.tensor("y", resultType, 2, 3);
        return file.operator(RFFT2D, null, new int[] {x, lengths}, spectrum)
                .operator(SQUEEZE, null, new int[] {spectrum}, squeezed)
                .operator(code, null, new int[] {squeezed}, y)
                .bytes(new int[] {x}, y);
    }

    @Test
    void spectra() {
        double[] x = {1, 2, 3, 4, 0, 0, 5, 0};
        double[] real = {10, -2, -2, 5, -5, 5};
        double[] imaginary = {0, 2, 0, 0, 0, 0};
        double[] magnitude = {10, Math.sqrt(8), 2, 5, 5, 5};
        assertArrayEquals(real, spectrum(REAL, x), 1e-5);
        assertArrayEquals(imaginary, spectrum(IMAG, x), 1e-5);
        assertArrayEquals(magnitude, spectrum(COMPLEX_ABS, x), 1e-5);
    }

    private static double[] spectrum(int code, double[] x) {
        Graph graph = TfliteImporterTest.graph(transform(code, SmallFile.FLOAT32, 1, 4));
        return TfliteImporterTest.run(graph, x);
    }

    @Test
    void complexNumbersStayAmongTheirOperators() {
        String message = TfliteImporterTest.refusal(transform(RELU, COMPLEX64, 1, 4));
        assertTrue(message.contains("RELU version 3 'y': it computes with complex numbers, which only"), message);
        message = TfliteImporterTest.refusal(transform(SQUEEZE, COMPLEX64, 1, 4));
        assertTrue(message.contains("output 'y' holds complex numbers; export their magnitude"), message);
        message = TfliteImporterTest.refusal(transform(REAL, SmallFile.FLOAT32, 2, 4));
        assertTrue(message.contains("a transform of lengths [2, 4] of"), message);
    }
}
