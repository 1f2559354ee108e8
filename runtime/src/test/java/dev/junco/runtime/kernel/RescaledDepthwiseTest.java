package dev.junco.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.runtime.kernel.Flavours.Flavour;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sums that become int8 results before they reach memory, against sums made by the plain kernels and rescaled one by one. */
class RescaledDepthwiseTest {
    private static final PlainDepthwiseKernels DEPTHWISE = new PlainDepthwiseKernels();

    /** Whole filters and the parts of them at borders, strides and dilations, with lines for all channels, for some, and for none. */
    @Test
    void depthwise() {
        Random random = new Random(5);
        int[][] filters = {{3, 3}, {2, 3}, {3, 2}, {2, 2}, {1, 2}, {1, 6}, {5, 5}};
        for (Flavour<WidenedKernels> flavour : Flavours.widened()) {
            int runs = 0;
            for (int round = 0; round < 60; round++) {
                int[] filter = filters[random.nextInt(filters.length)];
                int channels = 16 * (1 + random.nextInt(4));
                int height = 1 + random.nextInt(9);
                int width = 1 + random.nextInt(12);
                int stride = 1 + random.nextInt(2);
                int dilation = 1 + random.nextInt(2);
                int inputWidth = (width - 1) * stride + (filter[1] - 1) * dilation + 1 + random.nextInt(2);
                int inputHeight = (height - 1) * stride + (filter[0] - 1) * dilation + 1;
                DepthwiseGeometry g = DepthwiseGeometry.whole(
                        channels,
                        channels,
                        inputWidth,
                        height,
                        width,
                        filter[0],
                        filter[1],
                        stride,
                        stride,
                        dilation,
                        dilation);
                float[] x = integers(random, 3 + inputHeight * inputWidth * channels, 255);
                float[] w = integers(random, 5 + filter[0] * filter[1] * channels, 127);
                Rescaling scaling = scaling(random, channels, round % 4 == 0 ? -128 : 0, random.nextInt(3));
                flavour.kernels().prepare(scaling);
                if (!flavour.kernels().rescalesDepthwise(scaling)) {
                    continue;
                }
                float[] expected = new float[7 + height * width * channels];
                float none = Float.POSITIVE_INFINITY;
                float[] bias = new float[channels];
                DEPTHWISE.depthwise(g, 0, height, x, 3, w, 5, bias, 0, expected, 7, -none, none);
                for (int i = 7; i < expected.length; i++) {
                    expected[i] = scaling.of((i - 7) % channels, (int) expected[i]);
                }
                float[] found = new float[expected.length];
                flavour.kernels().depthwise(g, 0, height / 2, x, 3, w, 5, scaling, found, 7);
                flavour.kernels().depthwise(g, height / 2, height, x, 3, w, 5, scaling, found, 7);
                Samples.assertSameBits(expected, found, flavour + " round " + round + " " + g);
                runs++;
            }
            assertTrue(runs > 0 || flavour.name().equals("plain"), flavour + " never rescaled");
        }
    }

    private static float[] integers(Random random, int n, int most) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = random.nextInt(2 * most + 1) - most;
        }
        return values;
    }

    /** @param lacking channels that have no line, if 0: none; multipliers that shift to the left have none */
    private static Rescaling scaling(Random random, int channels, int lo, int lacking) {
        int[] shifts = random.ints(channels, -10, -3).toArray();
        for (int i = 0; i < lacking; i++) {
            shifts[random.nextInt(channels)] = 1;
        }
        return new Rescaling(
                random.ints(channels, -20_000, 20_000).toArray(),
                random.ints(channels, 1 << 30, Integer.MAX_VALUE).toArray(),
                shifts,
                lo,
                lo + 255,
                Samples.filled(channels, -1 << 23),
                Samples.filled(channels, 1 << 23));
    }
}
