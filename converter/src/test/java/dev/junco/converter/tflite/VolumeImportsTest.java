package dev.junco.converter.tflite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.converter.Converter;
import dev.junco.converter.ModelFiles;
import dev.junco.converter.tflite.FlatWriter.Table;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.attributes.Conv2DAttributes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CONV_3D and CONV_3D_TRANSPOSE beside sums that are written out. */
class VolumeImportsTest {
    private static final int CONV_3D = 132;
    private static final int CONV_3D_TRANSPOSE = 141;
    private static final int RELU = 1;
    private static final int TANH = 4;

    private final Random random = new Random(11);

    /** A case: axes are depth, height, width; the border is what lies before the input on each. */
    private record Volume(
            int[] x, int[] y, int[] kernel, int[] strides, int[] dilations, int[] border, int channels, int units) {
        int pixels(int[] size) {
            return size[0] * size[1] * size[2];
        }

        /** Calls back for each pixel of the larger side, of the smaller one and cell of the kernel that meet. */
        void meet(int[] large, int[] small, Meeting meeting) {
            for (int i = 0; i < pixels(small) * pixels(kernel); i++) {
                int cell = i % pixels(kernel);
                int pixel = i / pixels(kernel);
                int other = 0;
                boolean inside = true;
                for (int axis = 0; axis < 3; axis++) {
                    int at = at(small, pixel, axis) * strides[axis]
                            + at(kernel, cell, axis) * dilations[axis]
                            - border[axis];
                    inside &= at >= 0 && at < large[axis];
                    other = other * large[axis] + at;
                }
                if (inside) {
                    meeting.of(other, pixel, cell);
                }
            }
        }

        private static int at(int[] size, int pixel, int axis) {
            return axis == 0 ? pixel / size[2] / size[1] : axis == 1 ? pixel / size[2] % size[1] : pixel % size[2];
        }
    }

    private interface Meeting {
        void of(int large, int small, int cell);
    }

    private float[] floats(int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }

    private static Table options(Volume v, int padding, int activation) {
        return new Table()
                .int8(0, padding)
                .int32(1, v.strides[0])
                .int32(2, v.strides[2])
                .int32(3, v.strides[1])
                .int8(4, activation)
                .int32(5, v.dilations[0])
                .int32(6, v.dilations[2])
                .int32(7, v.dilations[1]);
    }

    private static int[] axes(int batch, int[] size, int channels) {
        return new int[] {batch, size[0], size[1], size[2], channels};
    }

    private static byte[] file(Volume v, int padding, int activation, float[] filters, float[] bias) {
        SmallFile file = new SmallFile();
        int x = file.tensor("x", SmallFile.FLOAT32, axes(2, v.x, v.channels));
        int w = file.floats("w", filters, v.kernel[0], v.kernel[1], v.kernel[2], v.channels, v.units);
        int b = bias == null ? -1 : file.floats("b", bias, v.units);
        int y = file.tensor("y", SmallFile.FLOAT32, axes(2, v.y, v.units));
        return file.operator(CONV_3D, options(v, padding, activation), new int[] {x, w, b}, y)
                .bytes(new int[] {x}, y);
    }

    private static double activated(double x, int activation) {
        return activation == RELU ? Math.max(x, 0) : activation == TANH ? Math.tanh(x) : x;
    }

    private Graph convolves(Volume v, int padding, int activation, boolean biased) {
        float[] filters = floats(v.pixels(v.kernel) * v.channels * v.units);
        float[] bias = biased ? floats(v.units) : null;
        Graph graph = TfliteImporterTest.graph(file(v, padding, activation, filters, bias));
        assertArrayEquals(axes(2, v.y, v.units), graph.outputs().get(0).shape().dims());
        float[] x = floats(2 * v.pixels(v.x) * v.channels);
        double[] expected = new double[2 * v.pixels(v.y) * v.units];
        for (int sample = 0; sample < 2; sample++) {
            int fromX = sample * v.pixels(v.x);
            int fromY = sample * v.pixels(v.y);
            v.meet(v.x, v.y, (pixel, result, cell) -> {
                for (int i = 0; i < v.channels * v.units; i++) {
                    expected[(fromY + result) * v.units + i % v.units] +=
                            (double) x[(fromX + pixel) * v.channels + i / v.units]
                                    * filters[cell * v.channels * v.units + i];
                }
            });
        }
        for (int i = 0; i < expected.length; i++) {
            expected[i] = activated(expected[i] + (biased ? bias[i % v.units] : 0), activation);
        }
        assertArrayEquals(expected, TfliteImporterTest.run(graph, doubles(x)), 1e-5);
        return graph;
    }

    private static double[] doubles(float[] x) {
        return IntStream.range(0, x.length).mapToDouble(i -> x[i]).toArray();
    }

    private static int[] of(int depth, int height, int width) {
        return new int[] {depth, height, width};
    }

    @Test
    void convolutionsOfVolumes() {
        Volume same = new Volume(of(4, 5, 6), of(4, 5, 6), of(3, 3, 3), of(1, 1, 1), of(1, 1, 1), of(1, 1, 1), 2, 3);
        Graph graph = convolves(same, 0, RELU, true);
        assertEquals(
                1,
                graph.nodes().stream()
                        .filter(node -> node.attributes() instanceof Conv2DAttributes)
                        .count());
        // Even kernels and strides that leave the larger part of the border behind.
        convolves(
                new Volume(of(5, 6, 7), of(3, 3, 3), of(2, 2, 4), of(2, 2, 3), of(1, 1, 1), of(0, 0, 1), 3, 2),
                0,
                TANH,
                false);
        convolves(
                new Volume(of(7, 6, 6), of(2, 2, 3), of(3, 2, 1), of(2, 2, 2), of(2, 3, 1), of(0, 0, 0), 3, 4),
                1,
                0,
                true);
        convolves(
                new Volume(of(3, 3, 2), of(3, 1, 1), of(1, 3, 2), of(1, 1, 1), of(1, 1, 1), of(0, 0, 0), 1, 1),
                1,
                0,
                false);
        // A kernel that reaches beyond both ends of the depth.
        convolves(
                new Volume(of(2, 2, 2), of(2, 2, 2), of(3, 1, 2), of(1, 1, 1), of(3, 1, 1), of(3, 0, 0), 2, 2),
                0,
                0,
                true);
    }

    private void transposes(Volume v, int padding, int activation, boolean biased) {
        float[] filters = floats(v.pixels(v.kernel) * v.channels * v.units);
        float[] bias = biased ? floats(v.units) : null;
        SmallFile file = new SmallFile();
        int shape = file.ints("shape", axes(2, v.y, v.units));
        int w = file.floats("w", filters, v.kernel[0], v.kernel[1], v.kernel[2], v.units, v.channels);
        int x = file.tensor("x", SmallFile.FLOAT32, axes(2, v.x, v.channels));
        int b = biased ? file.floats("b", bias, v.units) : -1;
        int y = file.tensor("y", SmallFile.FLOAT32, axes(2, v.y, v.units));
        Graph graph = TfliteImporterTest.graph(
                file.operator(CONV_3D_TRANSPOSE, options(v, padding, activation), new int[] {shape, w, x, b}, y)
                        .bytes(new int[] {x}, y));
        float[] in = floats(2 * v.pixels(v.x) * v.channels);
        double[] expected = new double[2 * v.pixels(v.y) * v.units];
        for (int sample = 0; sample < 2; sample++) {
            int fromX = sample * v.pixels(v.x);
            int fromY = sample * v.pixels(v.y);
            v.meet(v.y, v.x, (result, pixel, cell) -> {
                for (int i = 0; i < v.channels * v.units; i++) {
                    expected[(fromY + result) * v.units + i / v.channels] +=
                            (double) in[(fromX + pixel) * v.channels + i % v.channels]
                                    * filters[cell * v.channels * v.units + i];
                }
            });
        }
        for (int i = 0; i < expected.length; i++) {
            expected[i] = activated(expected[i] + (biased ? bias[i % v.units] : 0), activation);
        }
        assertArrayEquals(expected, TfliteImporterTest.run(graph, doubles(in)), 1e-5);
    }

    @Test
    void transposedConvolutionsOfVolumes() {
        Volume up = new Volume(of(2, 3, 2), of(4, 6, 4), of(3, 3, 2), of(2, 2, 2), of(1, 1, 1), of(0, 0, 0), 3, 2);
        transposes(up, 0, RELU, true);
        transposes(
                new Volume(of(3, 2, 2), of(3, 2, 2), of(3, 3, 3), of(1, 1, 1), of(1, 1, 1), of(1, 1, 1), 2, 3),
                0,
                TANH,
                false);
        transposes(
                new Volume(of(2, 2, 3), of(8, 3, 7), of(2, 2, 3), of(3, 1, 2), of(2, 1, 1), of(0, 0, 0), 2, 1),
                1,
                0,
                false);
        // A gap between the slices that kernels reach, and a result that is longer than they do.
        transposes(
                new Volume(of(2, 1, 1), of(5, 1, 1), of(1, 1, 1), of(3, 1, 1), of(1, 1, 1), of(0, 0, 0), 1, 2),
                1,
                0,
                true);
    }

    @Test
    void theWeightsOfAConvertedFileAreArrangedAlready(@TempDir Path folder) throws Exception {
        Volume v = new Volume(of(4, 5, 6), of(4, 5, 6), of(3, 3, 3), of(1, 1, 1), of(1, 1, 1), of(1, 1, 1), 2, 3);
        Path source = folder.resolve("volume.tflite");
        Files.write(source, file(v, 0, RELU, floats(27 * 6), floats(3)));
        Path target = folder.resolve("volume.junco");
        Converter.from(source).write(target);
        Graph graph = ModelFiles.read(target).graph();
        Graph imported = TfliteImporterTest.graph(Files.readAllBytes(source));
        assertTrue(graph.nodes().size() < imported.nodes().size());
        double[] x = doubles(floats(2 * v.pixels(v.x) * v.channels));
        assertArrayEquals(TfliteImporterTest.run(imported, x), TfliteImporterTest.run(graph, x));
    }

    @Test
    void refusals() {
        SmallFile file = new SmallFile();
        int x = file.scaled("x", SmallFile.INT8, 1, 0, 1, 4, 4, 4, 2);
        int w = file.constant("w", SmallFile.INT8, 1, 0, new byte[2], 1, 1, 1, 2, 1);
        int y = file.scaled("y", SmallFile.INT8, 1, 0, 1, 4, 4, 4, 1);
        Table options = new Table().int32(1, 1).int32(2, 1).int32(3, 1);
        file.operator(CONV_3D, options, new int[] {x, w, -1}, y);
        String message = TfliteImporterTest.refusal(file.bytes(new int[] {x}, y));
        assertTrue(message.contains("CONV_3D version 3 'y': input of type INT8, expected FLOAT32"), message);

        Volume flat = new Volume(of(2, 2, 2), of(1, 1, 1), of(3, 1, 1), of(1, 1, 1), of(1, 1, 1), of(0, 0, 0), 2, 3);
        message = TfliteImporterTest.refusal(file(flat, 1, 0, floats(18), null));
        assertTrue(message.contains("a kernel that reaches 3 along an axis of 2"), message);

        Volume far =
                new Volume(of(2, 2, 2), of(2, 2, 2), of(3, 1, 1), of(1, 1, 1), of(1 << 30, 1, 1), of(0, 0, 0), 2, 3);
        message = TfliteImporterTest.refusal(file(far, 0, 0, floats(18), null));
        assertTrue(message.contains("a kernel that reaches 2147483649, expected at most 4096"), message);

        file = new SmallFile();
        int shape = file.ints("shape", 1, 9, 2, 2, 1);
        w = file.floats("w", new float[2], 1, 1, 1, 1, 2);
        x = file.tensor("x", SmallFile.FLOAT32, 1, 2, 2, 2, 2);
        y = file.tensor("y", SmallFile.FLOAT32, 1, 9, 2, 2, 1);
        file.operator(CONV_3D_TRANSPOSE, options, new int[] {shape, w, x}, y);
        message = TfliteImporterTest.refusal(file.bytes(new int[] {x}, y));
        assertTrue(message.contains("an output of shape [1, 9, 2, 2, 1] from the input 1×2×2×2×2"), message);
    }
}
