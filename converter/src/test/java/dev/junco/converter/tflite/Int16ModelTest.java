package dev.junco.converter.tflite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.converter.Converter;
import dev.junco.converter.ImportException;
import dev.junco.converter.ModelFiles;
import dev.junco.converter.tflite.FlatWriter.Table;
import dev.junco.runtime.DType;
import dev.junco.runtime.Interpreter;
import dev.junco.runtime.Model;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.kernel.KernelProviders;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of int16 activations and int8 weights ("16x8"), and int8 log softmax. */
class Int16ModelTest {
    private static final int ADD = 0;
    private static final int CONV_2D = 3;
    private static final int DEQUANTIZE = 6;
    private static final int FULLY_CONNECTED = 9;
    private static final int LOGISTIC = 14;
    private static final int SOFTMAX = 25;
    private static final int LOG_SOFTMAX = 50;
    private static final int LOGICAL_OR = 84;
    private static final int LOGICAL_NOT = 87;
    private static final int QUANTIZE = 114;

    private static final int PIXELS = 4 * 4;
    private static final int UNITS = 3;
    private static final float X = 0.0001f;
    private static final float CONV = 0.0004f;
    private static final float SUM = 0.0005f;
    private static final float[] WEIGHTS = {0.005f, 0.01f, 0.02f};
    private static final long[] BIAS = {100_000, -200_000, 5_000_000_000L};

    private final Random random = new Random(5);
    private final byte[] filters = new byte[UNITS * 9 * 2];

    /** float32 → int16 → convolution → plus a constant → softmax → float32. */
    private byte[] network() {
        random.nextBytes(filters);
        for (int i = 0; i < filters.length; i++) {
            filters[i] = (byte) Math.max(filters[i], -127);
        }
        SmallFile file = new SmallFile();
        int x = file.tensor("x", SmallFile.FLOAT32, 1, 4, 4, 2);
        int q = file.scaled("q", SmallFile.INT16, X, 0, 1, 4, 4, 2);
        int w = file.perAxis("w", SmallFile.INT8, WEIGHTS, 0, filters, UNITS, 3, 3, 2);
        int b = file.longs("b", BIAS);
        int conv = file.scaled("conv", SmallFile.INT16, CONV, 0, 1, 4, 4, UNITS);
        int more = file.constant("more", SmallFile.INT16, 0.001f, 0, new byte[] {100, 0, -1, -1, 0, 4}, UNITS);
        int sum = file.scaled("sum", SmallFile.INT16, SUM, 0, 1, 4, 4, UNITS);
        int shares = file.scaled("shares", SmallFile.INT16, 1f / 32768, 0, 1, 4, 4, UNITS);
        int y = file.tensor("y", SmallFile.FLOAT32, 1, 4, 4, UNITS);
        Table window = new Table().int32(1, 1).int32(2, 1);
        return file.operator(QUANTIZE, null, new int[] {x}, q)
                .operator(CONV_2D, window, new int[] {q, w, b}, conv)
                .operator(ADD, new Table().int8(1, 0), new int[] {conv, more}, sum)
                .operator(SOFTMAX, new Table().float32(0, 1), new int[] {sum}, shares)
                .operator(DEQUANTIZE, null, new int[] {shares}, y)
                .bytes(new int[] {x}, y);
    }

    private float[] input() {
        float[] x = new float[PIXELS * 2];
        for (int i = 0; i < x.length; i++) {
            x[i] = random.nextFloat() - 0.5f;
        }
        return x;
    }

    /** The same network on real numbers. */
    private double[] expected(float[] x) {
        double[] y = new double[PIXELS * UNITS];
        double[] more = {0.1, -0.001, 1.024};
        for (int pixel = 0; pixel < PIXELS; pixel++) {
            double sum = 0;
            for (int unit = 0; unit < UNITS; unit++) {
                double z = X * WEIGHTS[unit] * BIAS[unit] + more[unit];
                for (int cell = 0; cell < 9; cell++) {
                    int row = pixel / 4 + cell / 3 - 1;
                    int column = pixel % 4 + cell % 3 - 1;
                    if (row >= 0 && row < 4 && column >= 0 && column < 4) {
                        for (int c = 0; c < 2; c++) {
                            z += x[(row * 4 + column) * 2 + c] * WEIGHTS[unit] * filters[(unit * 9 + cell) * 2 + c];
                        }
                    }
                }
                y[pixel * UNITS + unit] = Math.exp(Math.min(z, 32767 * (double) CONV + more[unit]));
                sum += y[pixel * UNITS + unit];
            }
            for (int unit = 0; unit < UNITS; unit++) {
                y[pixel * UNITS + unit] /= sum;
            }
        }
        return y;
    }

    @Test
    void aNetworkOfInt16ActivationsRuns() {
        Graph graph = graph(network());
        assertEquals(DType.INT16, graph.value("conv").type());
        Node conv = graph.producers()[graph.value("conv").id()];
        assertArrayEquals(new int[] {3, 2}, conv.input(2).shape().dims());
        float[] x = input();
        assertArrayEquals(expected(x), run(graph, doubles(x)), 2e-3);
    }

    @Test
    void theConvertedFileGivesTheSameBits(@TempDir Path folder) throws Exception {
        Path source = folder.resolve("network.tflite");
        Files.write(source, network());
        Path target = folder.resolve("network.junco");
        Converter.from(source).write(target);
        float[] x = input();
        Interpreter interpreter = Model.load(target).interpreter();
        interpreter.input().set(x);
        interpreter.run();
        assertArrayEquals(
                run(graph(Files.readAllBytes(source)), doubles(x)),
                doubles(interpreter.output().toArray()));
    }

    /** Only real numbers can go on without being rounded in between. */
    @Test
    void conversionLeavesFunctionsOfIntegersAlone(@TempDir Path folder) throws Exception {
        for (int type : new int[] {SmallFile.INT8, SmallFile.INT16}) {
            SmallFile file = new SmallFile();
            boolean wide = type == SmallFile.INT16;
            int x = file.scaled("x", type, 0.01f, 0, 1, 4);
            int w = file.constant("w", SmallFile.INT8, 0.01f, 0, new byte[] {1, 20, -3, 40}, 1, 4);
            int z = file.scaled("z", type, 0.02f, 0, 1, 1);
            int y = file.scaled("y", type, wide ? 1f / 32768 : 1f / 256, wide ? 0 : -128, 1, 1);
            file.operator(FULLY_CONNECTED, new Table(), new int[] {x, w, -1}, z)
                    .operator(LOGISTIC, null, new int[] {z}, y);
            Path source = folder.resolve(type + ".tflite");
            Files.write(source, file.bytes(new int[] {x}, y));
            Path target = folder.resolve(type + ".junco");
            Converter.from(source).write(target);
            Graph before = graph(Files.readAllBytes(source));
            Graph after = ModelFiles.read(target).graph();
            assertEquals(2, after.nodes().size());
            assertArrayEquals(run(before, 100, 90, 80, 70), run(after, 100, 90, 80, 70));
        }
    }

    private static double[] doubles(float[] x) {
        double[] doubles = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            doubles[i] = x[i];
        }
        return doubles;
    }

    /** 0.3 · 105004 is 31501.2; rounded to 15 bits the factor is a little larger and makes it 31501.52. */
    @Test
    void theTypeOfTheBiasTellsTheArithmetic() {
        SmallFile file = new SmallFile();
        assertArrayEquals(new double[] {31502}, dense(file, file.longs("b", 0), new Table()));
        file = new SmallFile();
        assertArrayEquals(new double[] {31501}, dense(file, file.ints("b", 0), new Table()));
        assertArrayEquals(new double[] {31502}, dense(new SmallFile(), -1, new Table()));
        assertArrayEquals(new double[] {31501}, dense(new SmallFile(), -1, new Table().int8(4, SmallFile.INT32)));
    }

    private static double[] dense(SmallFile file, int bias, Table options) {
        int x = file.scaled("x", SmallFile.INT16, 1, 0, 1, 1);
        int w = file.constant("w", SmallFile.INT8, 0.3f, 0, new byte[] {4}, 1, 1);
        int y = file.scaled("y", SmallFile.INT16, 1, 0, 1, 1);
        file.operator(FULLY_CONNECTED, options, new int[] {x, w, bias}, y);
        return run(graph(file.bytes(new int[] {x}, y)), 26251);
    }

    @Test
    void int16ConstantsAreComputedAhead() {
        SmallFile file = new SmallFile();
        int x = file.scaled("x", SmallFile.INT16, 0.5f, 0, 2);
        int a = file.constant("a", SmallFile.INT16, 0.5f, 0, new byte[] {1, 0, 2, 0}, 2);
        int b = file.constant("b", SmallFile.INT16, 0.5f, 0, new byte[] {-1, -1, 0, 4}, 2);
        int sum = file.scaled("sum", SmallFile.INT16, 0.5f, 0, 2);
        int y = file.scaled("y", SmallFile.INT16, 0.5f, 0, 2);
        file.operator(ADD, new Table(), new int[] {a, b}, sum).operator(ADD, new Table(), new int[] {x, sum}, y);
        Graph graph = graph(file.bytes(new int[] {x}, y));
        assertEquals(1, graph.nodes().size());
        assertArrayEquals(new double[] {7, 1000 + 1026}, run(graph, 7, 1000));
    }

    @Test
    void truthValuesAreComputedAhead() {
        SmallFile file = new SmallFile();
        int x = file.tensor("x", SmallFile.BOOL, 3);
        int a = file.constant("a", SmallFile.BOOL, new byte[] {0, 1, 1}, 3);
        int not = file.tensor("not", SmallFile.BOOL, 3);
        int y = file.tensor("y", SmallFile.BOOL, 3);
        file.operator(LOGICAL_NOT, new Table(), new int[] {a}, not)
                .operator(LOGICAL_OR, new Table(), new int[] {x, not}, y);
        Graph graph = graph(file.bytes(new int[] {x}, y));
        assertEquals(1, graph.nodes().size());
        assertArrayEquals(new double[] {1, 0, 1}, run(graph, 0, 0, 1));
    }

    @Test
    void scalesOfDifferentPowersAreRefusedWhereTheyHaveAnArithmeticOfTheirOwn() {
        String message = assertThrows(ImportException.class, () -> graph(sum(1f / 512, new Table())))
                .getMessage();
        assertTrue(
                message.contains("int16 operands of scale 0.001953125, zero point 0 and scale 9.765625E-4"), message);
        assertArrayEquals(new double[] {2 + 2}, run(graph(sum(1f / 512, new Table().int8(1, 0))), 1, 2));
        assertArrayEquals(new double[] {3}, run(graph(sum(1f / 1024, new Table())), 1, 2));
    }

    private static byte[] sum(float scale, Table options) {
        SmallFile file = new SmallFile();
        int a = file.scaled("a", SmallFile.INT16, scale, 0, 1);
        int b = file.scaled("b", SmallFile.INT16, 1f / 1024, 0, 1);
        int y = file.scaled("y", SmallFile.INT16, 1f / 1024, 0, 1);
        return file.operator(ADD, options, new int[] {a, b}, y).bytes(new int[] {a, b}, y);
    }

    @Test
    void changesOfTypeKnowTheirResult() {
        SmallFile file = new SmallFile();
        int x = file.scaled("x", SmallFile.INT8, 0.5f, 3, 2);
        int y = file.scaled("y", SmallFile.INT16, 0.001f, 0, 2);
        int z = file.scaled("z", SmallFile.INT8, 1, -4, 2);
        file.operator(QUANTIZE, null, new int[] {x}, y).operator(QUANTIZE, null, new int[] {y}, z);
        assertArrayEquals(new double[] {8 - 4, -11 - 4}, run(graph(file.bytes(new int[] {x}, z)), 19, -19));
    }

    @Test
    void int8LogSoftmaxHasTheScaleOfTheSpecification() {
        SmallFile file = new SmallFile();
        int x = file.scaled("x", SmallFile.INT8, 0.1f, 4, 1, 7);
        int y = file.scaled("y", SmallFile.INT8, 1f / 16, 127, 1, 7);
        Graph graph = graph(file.operator(LOG_SOFTMAX, null, new int[] {x}, y).bytes(new int[] {x}, y));
        double[] expected = {101, 102, -103, 104, 88, 99, 89};
        assertArrayEquals(expected, run(graph, 3, 4, -124, 5, -5, 2, -4));
    }

    /** Runs a graph; each input takes as many of the numbers as it has elements. */
    private static double[] run(Graph graph, double... numbers) {
        List<double[]> inputs = new ArrayList<>();
        int at = 0;
        for (Value input : graph.inputs()) {
            int count = input.shape().elements();
            inputs.add(Arrays.copyOfRange(numbers, at, at + count));
            at += count;
        }
        return new TypedRun(graph, KernelProviders.plain()).run(inputs).get(0);
    }

    private static Graph graph(byte[] bytes) {
        return TfliteImporter.read(ByteBuffer.wrap(bytes), "model").signatures().get(0);
    }
}
