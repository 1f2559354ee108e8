package dev.junco.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.junco.runtime.kernel.Flavours.Flavour;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolingKernelsTest {
    private static final int[] CHANNELS = {1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 64, 71};

    private static List<PoolGeometry> geometries() {
        List<PoolGeometry> all = new ArrayList<>();
        for (int channels : CHANNELS) {
            all.add(new PoolGeometry(6, 6, channels, 3, 3, 2, 2, 2, 2, 0, 0, false));
            all.add(new PoolGeometry(5, 7, channels, 3, 4, 3, 3, 2, 2, 1, 1, false));
            all.add(new PoolGeometry(5, 7, channels, 3, 4, 3, 3, 2, 2, 1, 1, true));
            all.add(new PoolGeometry(4, 5, channels, 1, 1, 4, 5, 1, 1, 0, 0, false));
            all.add(new PoolGeometry(4, 4, channels, 4, 4, 3, 2, 1, 1, 1, 0, false));
            all.add(new PoolGeometry(1, 9, channels, 1, 4, 1, 3, 1, 2, 0, 0, true));
        }
        return all;
    }

    private interface Cell {
        void visit(int index);
    }

    /** Visits the cells of a window inside the image, in row-major order. */
    private static void window(PoolGeometry g, int oy, int ox, int c, Cell cell) {
        for (int ky = 0; ky < g.windowHeight(); ky++) {
            for (int kx = 0; kx < g.windowWidth(); kx++) {
                int iy = oy * g.strideH() - g.padTop() + ky;
                int ix = ox * g.strideW() - g.padLeft() + kx;
                if (iy >= 0 && iy < g.inputHeight() && ix >= 0 && ix < g.inputWidth()) {
                    cell.visit((iy * g.inputWidth() + ix) * g.channels() + c);
                }
            }
        }
    }

    @Test
    void maxIsThatOfTheCellsInside() {
        for (PoolGeometry g : geometries()) {
            float[] x = Samples.extreme(3 + g.inputHeight() * g.inputWidth() * g.channels(), g.hashCode());
            int size = g.outputHeight() * g.outputWidth() * g.channels();
            float[] expected = new float[size + 9];
            for (int i = 0; i < size; i++) {
                float[] max = {Float.NEGATIVE_INFINITY};
                window(g, row(g, i), column(g, i), i % g.channels(), at -> max[0] = Math.max(max[0], x[3 + at]));
                expected[4 + i] = Math.min(Math.max(max[0], 0f), 6f);
            }
            for (Flavour<PoolingKernels> flavour : Flavours.pooling()) {
                float[] y = new float[size + 9];
                flavour.kernels().maxPool(g, 1, g.outputHeight(), x, 3, y, 4, 0f, 6f);
                flavour.kernels().maxPool(g, 0, 1, x, 3, y, 4, 0f, 6f);
                Samples.assertSameBits(expected, y, flavour + " " + g);
            }
        }
    }

    @Test
    void averageIsTheSumInOrderTimesTheReciprocal() {
        float none = Float.POSITIVE_INFINITY;
        for (PoolGeometry g : geometries()) {
            float[] x = Samples.extreme(3 + g.inputHeight() * g.inputWidth() * g.channels(), g.hashCode());
            int size = g.outputHeight() * g.outputWidth() * g.channels();
            float[] expected = new float[size + 9];
            for (int i = 0; i < size; i++) {
                float[] sum = {0f};
                int[] count = {0};
                window(g, row(g, i), column(g, i), i % g.channels(), at -> {
                    sum[0] += x[3 + at];
                    count[0]++;
                });
                int divisor = g.countPadding() ? g.windowHeight() * g.windowWidth() : count[0];
                expected[4 + i] = sum[0] * (1f / divisor);
            }
            for (Flavour<PoolingKernels> flavour : Flavours.pooling()) {
                float[] y = new float[size + 9];
                flavour.kernels().averagePool(g, 1, g.outputHeight(), x, 3, y, 4, -none, none);
                flavour.kernels().averagePool(g, 0, 1, x, 3, y, 4, -none, none);
                Samples.assertSameBits(expected, y, flavour + " " + g);
            }
        }
    }

    private static int row(PoolGeometry g, int i) {
        return i / g.channels() / g.outputWidth();
    }

    private static int column(PoolGeometry g, int i) {
        return i / g.channels() % g.outputWidth();
    }

    @Test
    void int8PoolsAreTheReferenceKernels() {
        for (PoolGeometry g : geometries()) {
            byte[] x = Samples.bytes(3 + g.inputHeight() * g.inputWidth() * g.channels(), g.hashCode());
            int size = g.outputHeight() * g.outputWidth() * g.channels();
            byte[] maxima = new byte[size + 9];
            byte[] averages = new byte[size + 9];
            for (int i = 0; i < size; i++) {
                int[] state = {-128, 0, 0}; // largest, sum, count
                window(g, row(g, i), column(g, i), i % g.channels(), at -> {
                    state[0] = Math.max(state[0], x[3 + at]);
                    state[1] += x[3 + at];
                    state[2]++;
                });
                double mean = (double) state[1] / state[2];
                double rounded = Math.signum(mean) * Math.floor(Math.abs(mean) + 0.5);
                maxima[4 + i] = (byte) Math.min(Math.max(state[0], -100), 90);
                averages[4 + i] = (byte) Math.min(Math.max(rounded, -20), 15);
            }
            for (Flavour<PoolingKernels> flavour : Flavours.pooling()) {
                byte[] y = new byte[size + 9];
                flavour.kernels().maxPoolI8(g, 0, g.outputHeight(), x, 3, y, 4, -100, 90);
                assertArrayEquals(maxima, y, () -> flavour + " " + g);
                y = new byte[size + 9];
                flavour.kernels().averagePoolI8(g, 0, g.outputHeight(), x, 3, y, 4, -20, 15);
                assertArrayEquals(averages, y, () -> flavour + " " + g);
            }
        }
    }

    @Test
    void averageRoundsHalvesAwayFromZero() {
        PoolGeometry g = new PoolGeometry(1, 2, 1, 1, 1, 1, 2, 1, 1, 0, 0, false);
        for (Flavour<PoolingKernels> flavour : Flavours.pooling()) {
            byte[] y = new byte[1];
            flavour.kernels().averagePoolI8(g, 0, 1, new byte[] {1, 2}, 0, y, 0, -128, 127);
            assertEquals(2, y[0]);
            flavour.kernels().averagePoolI8(g, 0, 1, new byte[] {-1, -2}, 0, y, 0, -128, 127);
            assertEquals(-2, y[0]);
        }
    }
}
