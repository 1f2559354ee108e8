package dev.junco.converter.tflite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.converter.Converter;
import dev.junco.converter.ModelFiles;
import dev.junco.converter.tflite.FlatWriter.Table;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.attributes.GateNormalization;
import dev.junco.runtime.graph.attributes.LstmAttributes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LSTMs whose gates are normalised, in float32 and in int8, beside the same cell on real numbers. */
class NormalizedLstmTest {
    private static final int SEQUENCE_LSTM = 44;
    private static final int TANH = 4;

    private static final int TIMES = 5;
    private static final int FEATURES = 3;
    private static final int UNITS = 4;

    private static final float X = 0.02f;
    private static final float H = 1f / 128;
    private static final float CELL = 0x1p-11f;
    private static final float[] WEIGHTS = {0.006f, 0.005f, 0.007f, 0.008f};
    private static final float[] RECURRENT = {0.004f, 0.006f, 0.005f, 0.007f};
    private static final float[] PEEPHOLES = {0x1p-15f, 0x1p-16f, 0x1p-14f};
    private static final float[] GAMMA = {0x1p-15f, 0x1p-14f, 0x1p-15f, 0x1p-16f};
    private static final float[] SUMS = {0.0002f, 0.0003f, 0.0004f, 0.0005f};

    private final Random random = new Random(3);
    private final byte[][] w = new byte[4][UNITS * FEATURES];
    private final byte[][] r = new byte[4][UNITS * UNITS];
    private final short[][] peepholes = new short[3][UNITS];
    private final short[][] gamma = new short[4][UNITS];
    private final int[][] bias = new int[4][UNITS];

    NormalizedLstmTest() {
        for (int gate = 0; gate < 4; gate++) {
            random.nextBytes(w[gate]);
            random.nextBytes(r[gate]);
            for (int u = 0; u < UNITS; u++) {
                gamma[gate][u] = (short) (8000 + random.nextInt(20000));
                bias[gate][u] = (int) ((random.nextInt(2001) - 1000) / 1000.0 / (GAMMA[gate] / 1024));
                if (gate < 3) {
                    peepholes[gate][u] = (short) random.nextInt();
                }
            }
        }
    }

    private static byte[] bytes(short[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(values);
        return bytes.array();
    }

    private static float[] floats(byte[] values, float scale) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = values[i] * scale;
        }
        return floats;
    }

    private static float[] floats(short[] values, float scale) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = values[i] * scale;
        }
        return floats;
    }

    private static float[] floats(int[] values, float scale) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = values[i] * scale;
        }
        return floats;
    }

    /** The places of gates 0 to 2 among the peepholes. */
    private static int peephole(int index) {
        return index == 2 ? 3 : index;
    }

    private byte[] real() {
        SmallFile file = new SmallFile();
        int[] inputs = new int[24];
        Arrays.fill(inputs, -1);
        inputs[0] = file.tensor("x", SmallFile.FLOAT32, 1, TIMES, FEATURES);
        for (int gate = 0; gate < 4; gate++) {
            inputs[1 + gate] = file.floats("w" + gate, floats(w[gate], WEIGHTS[gate]), UNITS, FEATURES);
            inputs[5 + gate] = file.floats("r" + gate, floats(r[gate], RECURRENT[gate]), UNITS, UNITS);
            inputs[12 + gate] = file.floats("b" + gate, floats(bias[gate], GAMMA[gate] / 1024), UNITS);
            inputs[20 + gate] = file.floats("gamma" + gate, floats(gamma[gate], GAMMA[gate]), UNITS);
        }
        for (int i = 0; i < 3; i++) {
            inputs[9 + i] = file.floats("p" + i, floats(peepholes[i], PEEPHOLES[i]), UNITS);
        }
        inputs[18] = state(file, "h", SmallFile.FLOAT32, null);
        inputs[19] = state(file, "c", SmallFile.FLOAT32, null);
        int y = file.tensor("y", SmallFile.FLOAT32, 1, TIMES, UNITS);
        return file.operator(SEQUENCE_LSTM, new Table().int8(0, TANH), inputs, y)
                .bytes(new int[] {inputs[0]}, y);
    }

    private byte[] quantized(int inners) {
        SmallFile file = new SmallFile();
        int[] inputs = new int[24];
        Arrays.fill(inputs, -1);
        inputs[0] = file.scaled("x", SmallFile.INT8, X, 0, 1, TIMES, FEATURES);
        int[] inner = new int[5];
        for (int gate = 0; gate < 4; gate++) {
            inputs[1 + gate] = file.constant("w" + gate, SmallFile.INT8, WEIGHTS[gate], 0, w[gate], UNITS, FEATURES);
            inputs[5 + gate] = file.constant("r" + gate, SmallFile.INT8, RECURRENT[gate], 0, r[gate], UNITS, UNITS);
            inputs[12 + gate] = file.ints("b" + gate, bias[gate]);
            inputs[20 + gate] =
                    file.constant("gamma" + gate, SmallFile.INT16, GAMMA[gate], 0, bytes(gamma[gate]), UNITS);
            inner[gate] = file.scaled("sum" + gate, SmallFile.INT16, SUMS[gate], 0, 1, UNITS);
        }
        inner[4] = file.scaled("hidden", SmallFile.INT8, H, 0, 1, UNITS);
        for (int i = 0; i < 3; i++) {
            inputs[9 + i] = file.constant("p" + i, SmallFile.INT16, PEEPHOLES[i], 0, bytes(peepholes[i]), UNITS);
        }
        inputs[18] = state(file, "h", SmallFile.INT8, SmallFile.scale(H, 0));
        inputs[19] = state(file, "c", SmallFile.INT16, SmallFile.scale(CELL, 0));
        int y = file.scaled("y", SmallFile.INT8, H, 0, 1, TIMES, UNITS);
        file.operator(SEQUENCE_LSTM, new Table().int8(0, TANH), inputs, y);
        file.intermediates(Arrays.copyOf(inner, inners));
        return file.bytes(new int[] {inputs[0]}, y);
    }

    private static int state(SmallFile file, String name, int type, Table scale) {
        Table state =
                new Table().int32s(0, 1, UNITS).int8(1, type).string(3, name).int8(5, 1);
        return file.add(scale == null ? state : state.item(4, scale));
    }

    /** The cell on real numbers: c and h begin at 0. */
    private double[] expected(double[] x) {
        double[] y = new double[TIMES * UNITS];
        double[] c = new double[UNITS];
        double[] h = new double[UNITS];
        for (int t = 0; t < TIMES; t++) {
            double[] i = gate(0, x, t, h, c);
            double[] f = gate(1, x, t, h, c);
            double[] g = gate(2, x, t, h, c);
            for (int u = 0; u < UNITS; u++) {
                c[u] = sigmoid(f[u]) * c[u] + sigmoid(i[u]) * Math.tanh(g[u]);
            }
            double[] o = gate(3, x, t, h, c);
            for (int u = 0; u < UNITS; u++) {
                h[u] = sigmoid(o[u]) * Math.tanh(c[u]);
                y[t * UNITS + u] = h[u];
            }
        }
        return y;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private double[] gate(int gate, double[] x, int t, double[] h, double[] c) {
        double[] sums = new double[UNITS];
        double mean = 0;
        for (int u = 0; u < UNITS; u++) {
            for (int k = 0; k < FEATURES; k++) {
                sums[u] += x[t * FEATURES + k] * w[gate][u * FEATURES + k] * WEIGHTS[gate];
            }
            for (int k = 0; k < UNITS; k++) {
                sums[u] += h[k] * r[gate][u * UNITS + k] * RECURRENT[gate];
            }
            for (int i = 0; i < 3; i++) {
                sums[u] += peephole(i) == gate ? c[u] * peepholes[i][u] * PEEPHOLES[i] : 0;
            }
            mean += sums[u] / UNITS;
        }
        double variance = 1e-8;
        for (double sum : sums) {
            variance += (sum - mean) * (sum - mean) / UNITS;
        }
        for (int u = 0; u < UNITS; u++) {
            sums[u] = (sums[u] - mean) / Math.sqrt(variance) * gamma[gate][u] * GAMMA[gate]
                    + bias[gate][u] * GAMMA[gate] / 1024;
        }
        return sums;
    }

    private double[] input() {
        double[] x = new double[TIMES * FEATURES];
        for (int i = 0; i < x.length; i++) {
            x[i] = X * (random.nextInt(256) - 128);
        }
        return x;
    }

    @Test
    void realNumbers() {
        double[] x = input();
        Graph graph = TfliteImporterTest.graph(real());
        assertArrayEquals(expected(x), TfliteImporterTest.run(graph, x), 2e-5);
    }

    @Test
    void integers(@TempDir Path folder) throws Exception {
        double[] x = input();
        double[] steps = Arrays.stream(x).map(value -> Math.rint(value / X)).toArray();
        Graph graph = TfliteImporterTest.graph(quantized(5));
        Node node = graph.nodes().get(0);
        LstmAttributes attributes = (LstmAttributes) node.attributes();
        assertEquals(new GateNormalization(1e-8f, SUMS[0], SUMS[1], SUMS[2], SUMS[3]), attributes.normalization());
        // Each gate keeps the scale of its peepholes and of its gamma.
        Quantization scales = node.input(6).quantization();
        assertEquals(PEEPHOLES[2], scales.scale(2 * UNITS));
        assertEquals(GAMMA[3], node.input(7).quantization().scale(3 * UNITS));
        double[] found = TfliteImporterTest.run(graph, steps);
        assertArrayEquals(expected(x), Arrays.stream(found).map(y -> y * H).toArray(), 0.04);

        Path source = folder.resolve("lstm.tflite");
        Files.write(source, quantized(5));
        Path target = folder.resolve("lstm.junco");
        Converter.from(source).write(target);
        assertArrayEquals(found, TfliteImporterTest.run(ModelFiles.read(target).graph(), steps));
    }

    @Test
    void refusesSumsOfOtherForms() {
        String message = TfliteImporterTest.refusal(quantized(0));
        assertTrue(message.contains("it lacks the scales of its inner tensor 0"), message);
        message = TfliteImporterTest.refusal(quantized(12));
        assertTrue(message.contains("12 inner tensors, expected 5: gates of 16 bits, not of 8"), message);
    }
}
